"""Text messages: through a gateway, or into the demo's inbox."""

import gettext
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import Database, Session, uuid7
from scrm.config import Config

from . import http
from .models import SmsInbox

log = structlog.get_logger()

TRANSLATIONS = Path(__file__).parent.parent / "translations"


class Sms(Protocol):
    """Somebody who delivers text messages."""

    def send(self, *, phone: str, text: str, key: str, now: datetime) -> None:
        """Deliver ``text`` to ``phone`` (E.164); with a ``key`` that was sent before, nothing happens."""


class Inbox:
    """The embedded default: messages become rows, which the demo shows on a page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, *, phone: str, text: str, key: str, now: datetime) -> None:
        """Put the message into the inbox, once for each ``key``."""
        with self._database.transaction() as db:
            message = insert(SmsInbox).values(id=uuid7(), key=key, phone=phone, text=text, at=now)
            db.execute(message.on_conflict_do_nothing(index_elements=["key"]))


class Gateway:
    """A provider that takes ``POST /messages`` (``phone``, ``text``) and honours ``Idempotency-Key``."""

    def __init__(self, url: str, token: str) -> None:
        self._url = http.checked_url(url)
        self._token = token

    def send(self, *, phone: str, text: str, key: str, now: datetime) -> None:
        """Hand the message over; raises ``http.ProviderFailed`` unless it was accepted."""
        body = http.encoded({"phone": phone, "text": text})
        http.post(f"{self._url}/messages", body, key=key, headers={"Authorization": f"Bearer {self._token}"})


def provider(config: Config, database: Database) -> Sms:
    """The provider that ``config`` names."""
    if config.sms_provider == "http":
        return Gateway(config.sms_url, config.sms_token)
    if not config.sends_sms:
        log.error(
            "text messages reach nobody", mend="set SCRM_SMS_PROVIDER=http, SCRM_SMS_URL and SCRM_SMS_TOKEN"
        )
    return Inbox(database)


def inbox(db: Session, *, limit: int = 50) -> Sequence[SmsInbox]:
    """What the embedded provider was given, the newest first."""
    return db.scalars(select(SmsInbox).order_by(SmsInbox.id.desc()).limit(limit)).all()


def in_language(text: str, locale: str) -> str:
    """``text`` in the language of whoever it goes to; there is no request here to take it from."""
    return gettext.translation("messages", TRANSLATIONS, languages=[locale], fallback=True).gettext(text)
