"""What phones may say over a socket: one model for each event; anything else is nonsense.

Each event is acknowledged with an object: what it asked for, or ``{"error": {"key", "reasons"}}``. Pages hold
the words for the keys, in their reader's language.
"""

from typing import Annotated, Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from campaigns.duel import BATCH_EVENTS
from center_core.kit import Fault

MAX_FRAME = 16 * 1024
"""Bytes in one frame. A message of a thousand characters takes at most 6 KB as JSON."""


class Json:
    """The codec of Socket.IO's frames, in the shape that it asks for."""

    @staticmethod
    def dumps(value: Any, **_style: Any) -> str:
        """``value`` as JSON text."""
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes) -> Any:
        """The value of a JSON text."""
        return orjson.loads(text)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation: UUID


class Join(_Said):
    """I have this conversation open. Members leave ``member`` out; guides say whose it is."""

    member: UUID | None = None


class Post(_Said):
    """Store this text; it is acknowledged with its number once it is committed."""

    client_id: UUID
    text: str = Field(max_length=MAX_FRAME)


class Since(_Said):
    """What follows number ``seq``?"""

    seq: int = Field(ge=0, le=2**31 - 1)


class Read(_Said):
    """I have read up to number ``seq``."""

    seq: int = Field(ge=0, le=2**31 - 1)


class Typing(_Said):
    """I am writing: a hint that nobody keeps."""


class _OfDuel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    duel: UUID


class DuelLook(_OfDuel):
    """How does the duel stand? Also the sign of life of whoever waits."""


class DuelReady(_OfDuel):
    """My phone has loaded the game."""


class DuelLeave(_OfDuel):
    """I give up."""


class DuelInputs(_OfDuel):
    """What I did up to ``tick``: [tick, action, ...values], in order."""

    seq: int = Field(ge=1, le=10_000)
    tick: int = Field(ge=1, le=100_000)
    events: list[Annotated[list[StrictInt | StrictStr], Field(min_length=2, max_length=8)]] = Field(
        max_length=BATCH_EVENTS
    )


class DuelSince(_OfDuel):
    """What did the other one (or I, from another page) do since batch number ``seq``?"""

    seq: int = Field(ge=0, le=10_000)
    own: bool = False


def error(key: str, **reasons: Any) -> dict[str, Any]:
    """A refusal as it is acknowledged."""
    return {"error": {"key": key, "reasons": reasons}}


def refusal(fault: Fault) -> dict[str, Any]:
    """A service's refusal as it is acknowledged."""
    return error(fault.key, **fault.reasons)


def nonsense(invalid: ValidationError) -> dict[str, Any]:
    """The answer to what fits no model: which fields, and why."""
    return error(
        "nonsense",
        fields={
            ".".join(map(str, problem["loc"])) or "event": problem["type"]
            for problem in invalid.errors(include_url=False, include_context=False, include_input=False)
        },
    )
