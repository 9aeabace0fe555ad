"""What may stand in a message: its kinds, their bodies and limits. Pure functions, no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from center_core.kit import N_, Refused

TEXT, COUPON, GAME, SYSTEM = "text", "coupon", "game", "system"

MAX_TEXT = 1000
PREVIEW = 80

# Everything that prints nothing and is not a line break or a tab; PostgreSQL takes no NUL in a text anyway.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Sender:
    """Who writes: ``kind`` is ``"member"``, ``"staff"`` or ``"system"`` (which has no id)."""

    kind: str
    id: UUID | None = None


NOBODY = Sender("system")


@dataclass(frozen=True)
class Draft:
    """A message that is about to be posted; ``client_id`` makes posting it twice harmless."""

    member_id: UUID
    conversation_id: UUID
    client_id: UUID
    sender: Sender
    kind: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Posted:
    """A message that is in the database: its number, and to whose phones it goes."""

    draft: Draft
    staff_id: UUID
    seq: int
    kind: str
    body: dict[str, Any]
    sent_at: datetime
    replayed: bool

    def as_told(self) -> dict[str, Any]:
        """The message as phones get it, over a socket or over HTTP."""
        return as_told(
            self.draft.conversation_id,
            seq=self.seq,
            client_id=self.draft.client_id,
            sender_kind=self.draft.sender.kind,
            kind=self.kind,
            body=self.body,
            sent_at=self.sent_at,
        )


def as_told(
    conversation_id: UUID,
    *,
    seq: int,
    client_id: UUID,
    sender_kind: str,
    kind: str,
    body: Mapping[str, Any],
    sent_at: datetime,
) -> dict[str, Any]:
    """What a phone is told of a message, wherever the message comes from."""
    return {
        "conversation": str(conversation_id),
        "seq": seq,
        "client_id": str(client_id),
        "from": sender_kind,
        "kind": kind,
        "body": dict(body),
        "at": sent_at.isoformat(timespec="milliseconds"),
    }


def written(text: str) -> dict[str, Any]:
    """The body of a text message; refuses an empty and an over-long one."""
    clean = _UNPRINTABLE.sub("", text).strip()
    if not clean:
        raise Refused("message_empty", N_("There is nothing in this message."))
    if len(clean) > MAX_TEXT:
        raise Refused(
            "message_too_long",
            N_("A message has at most %(limit)s characters; this one has %(length)s."),
            limit=MAX_TEXT,
            length=len(clean),
        )
    return {"text": clean}


def notice(text: Mapping[str, str]) -> dict[str, Any]:
    """The body of a system message, in all languages: its readers are not known when it is written."""
    return {"text": dict(text)}


def preview(kind: str, body: Mapping[str, Any]) -> str | None:
    """The beginning of a text message, for the list of conversations; other kinds are shown by their name."""
    return str(body["text"])[:PREVIEW] if kind == TEXT else None
