"""The transactional outbox: events written in the same transaction as what they tell of.

``publish`` writes a row. The relay (``scrm.jobs``) takes it to its handlers, some rows in one job; with a handler's
effect ``(event_id, handler)`` is recorded in ``delivery``, in one transaction, so an event may travel more than once
and still takes effect once.
"""

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from .db import Base, look_up
from .family import LOCAL, family
from .ids import uuid7


class Event:
    """Something that happened, named in the past tense; subclasses are frozen dataclasses with plain fields.

    Fields may be UUID, datetime, date, int, str, bool, None, and lists, tuples and dicts of these. A new field
    needs a default, since older rows lack it. What a ``private`` event said is blanked as soon as all have reacted.
    """

    registry: ClassVar[dict[str, type["Event"]]] = {}
    private: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in Event.registry and Event.registry[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two events are called {cls.__name__}")
        Event.registry[cls.__name__] = cls

    @classmethod
    def private_kinds(cls) -> list[str]:
        """The names of those whose bodies do not outlive their delivery."""
        return [name for name, kind in cls.registry.items() if kind.private]

    def body(self) -> dict[str, Any]:
        """The fields as JSON-ready values."""
        return _adapter(type(self)).dump_python(self, mode="json")  # type: ignore[no-any-return]

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """The event again, from what ``body`` gave."""
        return _adapter(cls).validate_python(body)  # type: ignore[no-any-return]


_adapters: dict[type[Event], TypeAdapter[Any]] = {}


def _adapter(kind: type[Event]) -> TypeAdapter[Any]:
    """Made once for each kind: to make one costs a hundred times what it then does."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


Handler = Callable[..., None]
"""``handler(db, event, *, now)``: runs in one transaction together with the record of its delivery."""


class Together:
    """A handler that takes all events of its kind that travel together: ``call(db, events, *, now)``.

    Called as a plain handler it takes one. Where one event makes it fail, the others come again one by one.
    """

    def __init__(self, call: Callable[..., None]) -> None:
        self.call = call
        functools.update_wrapper(self, call)

    def __call__(self, db: Session, event: Event, *, now: datetime) -> None:
        self.call(db, [event], now=now)


def together(call: Callable[..., None]) -> Together:
    """Make a handler of a function that takes many events at once."""
    return Together(call)


@dataclasses.dataclass(frozen=True)
class Outside:
    """A handler that calls the outside world, so it runs with no transaction open.

    ``call(outside, event, *, key, now)`` is handed the adapters (see ``scrm.adapters.Outside``) and the idempotency key
    ``<event id>:<name>`` to pass on; the delivery is recorded after it returned.
    """

    name: str
    call: Callable[..., None]


@dataclasses.dataclass(frozen=True)
class Telling:
    """A handler that tells our own Redis of events which travel together: ``call(outside, events, *, now)``.

    There is no other party that may keep it waiting, and being told twice does no harm.
    """

    name: str
    call: Callable[..., None]


class Outbox(Base):
    """One event. ``relayed_at`` is when it was last sent on its way to its handlers."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_open_idx", "id", postgresql_where=text("done_at is null and parked_at is null")),
        Index("outbox_parked_idx", "parked_at", postgresql_where=text("parked_at is not null")),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime]
    relayed_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    done_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Delivery(Base):
    """One handler's effect of one event: its presence is what makes a second delivery do nothing."""

    __tablename__ = "delivery"
    __table_args__ = {"info": family(LOCAL)}  # noqa: RUF012 - SQLAlchemy reads it from the class

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    handler: Mapped[str] = mapped_column(Text, primary_key=True)
    delivered_at: Mapped[datetime]


@dataclasses.dataclass
class Carrier:
    """Whoever delivers within a session, and takes along at once what its handlers publish there.

    ``reactions`` counts them for each kind of event that it takes; ``taken`` are the events that have some.
    """

    reactions: Mapping[str, int]
    taken: list[tuple[str, UUID]] = dataclasses.field(default_factory=list)

    def board(self, db: Session) -> None:
        """From now on what is published in this session goes with this carrier."""
        db.info["carrier"] = self


def publish(db: Session, event: Event, *, now: datetime) -> UUID:
    """Tell the layers above, once this transaction commits; returns the event's id."""
    return publish_all(db, [event], now=now)[0]


def publish_all(db: Session, events: Sequence[Event], *, now: datetime) -> list[UUID]:
    """The same for several events of one kind, in one statement; returns their ids."""
    if not events:
        return []
    [name] = {type(event).__name__ for event in events}
    ids = [uuid7() for _ in events]
    carrier: Carrier | None = db.info.get("carrier")
    reactions = carrier.reactions.get(name) if carrier else None
    values = {
        "ids": ids,
        "name": name,
        "bodies": [orjson.dumps(event.body()).decode() for event in events],
        "now": now,
        "relayed_at": now if reactions is not None else None,
        "done_at": now if reactions == 0 else None,
    }
    if carrier is None or reactions is None:
        look_up(db, PUBLISH_AND_WAKE, **values)
    else:
        look_up(db, PUBLISH, **values)
        carrier.taken += [(name, event_id) for event_id in ids if reactions]
    return ids


PUBLISH = """
insert into outbox (id, name, body, occurred_at, relayed_at, done_at)
select id, %(name)s, body, %(now)s, %(relayed_at)s::timestamptz, %(done_at)s::timestamptz
  from unnest(%(ids)s, %(bodies)s::jsonb[]) as told (id, body)
returning id
"""
# Duplicate notifications within one transaction are folded by PostgreSQL.
PUBLISH_AND_WAKE = f"with told as ({PUBLISH}) select pg_notify('outbox', '') from told limit 1"  # noqa: S608 - ours
