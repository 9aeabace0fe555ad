"""What ``scrm doctor`` asks of the channel centre."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from sqlalchemy import select

from center_core.kit import Finding, Session

from .api_keys import SCOPES
from .models import ApiKey, Store


def check(db: Session) -> Iterator[Finding]:
    """Every store lies on earth and in a time zone; every key has scopes that exist."""
    zones = available_timezones()
    for store in db.scalars(select(Store)):
        if store.zone not in zones:
            yield Finding("channel.zone", f"store:{store.code}", f"there is no time zone {store.zone!r}")
        if abs(store.lat or 0) > 90 or abs(store.lng or 0) > 180:
            yield Finding("channel.place", f"store:{store.code}", f"{store.lat}, {store.lng} is not on earth")
    for key in db.scalars(select(ApiKey)):
        if unknown := sorted(set(key.scopes) - set(SCOPES)):
            yield Finding("channel.scope", f"api_key:{key.prefix}", f"unknown scopes {', '.join(unknown)}")
