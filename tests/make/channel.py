"""Stores for tests."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count

from center_core import channel, user
from center_core.kit import Session

from .moment import NOW

_serial = count(1)


def region(db: Session, *, code: str | None = None) -> channel.Region:
    """A region without stores."""
    number = next(_serial)
    return channel.create_region(
        db, code=code or f"R{number}", name={"zh": f"{number}区", "en": f"Region {number}"}
    )


def store(
    db: Session,
    *,
    code: str | None = None,
    kind: str = "store",
    region: channel.Region | None = None,
    lat: float | None = 39.9087,
    lng: float | None = 116.3975,
) -> channel.Store:
    """A store, in Beijing unless told otherwise."""
    number = next(_serial)
    return channel.create_store(
        db,
        code=code or f"S{number:04d}",
        kind=kind,
        name={"zh": f"北京{number}店", "en": f"Beijing {number}"},
        region_id=region.id if region else None,
        province={"zh": "北京", "en": "Beijing"},
        city={"zh": "北京", "en": "Beijing"},
        address={"zh": f"长安街{number}号", "en": f"{number} Chang'an Avenue"},
        lat=lat,
        lng=lng,
    )


def channel_code(
    db: Session, store: channel.Store, *, guide: user.Staff | None = None
) -> channel.ChannelCode:
    """A code that leads to ``store``, and to ``guide`` if there is one."""
    return channel.make_code(db, store_id=store.id, staff_id=guide.id if guide else None, label="a poster")


def api_key(
    db: Session, store: channel.Store, *, scopes: Iterable[str] = channel.SCOPES, now: datetime = NOW
) -> str:
    """The plain text of a key of ``store``."""
    _, plaintext = channel.issue_key(db, store_id=store.id, label="till", scopes=scopes, now=now)
    return plaintext
