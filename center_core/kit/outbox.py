"""The transactional outbox: events written in the same transaction as what they tell of.

``publish`` writes a row. The relay (``scrm.jobs``) turns each row into one job for each handler; a handler's job
records ``(event_id, handler)`` in ``delivery`` inside its own transaction, so an event may travel more than once
and still takes effect once.
"""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Index, Text, insert, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from .db import Base
from .family import LOCAL, family
from .ids import uuid7


class Event:
    """Something that happened, named in the past tense; subclasses are frozen dataclasses with plain fields.

    Fields may be UUID, datetime, date, int, str, bool, None, and lists, tuples and dicts of these. A new field
    needs a default, since older rows lack it.
    """

    registry: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in Event.registry and Event.registry[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two events are called {cls.__name__}")
        Event.registry[cls.__name__] = cls

    def body(self) -> dict[str, Any]:
        """The fields as JSON-ready values."""
        return TypeAdapter(type(self)).dump_python(self, mode="json")  # type: ignore[no-any-return]

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """The event again, from what ``body`` gave."""
        return TypeAdapter(cls).validate_python(body)


Handler = Callable[..., None]
"""``handler(db, event, *, now)``: runs in one transaction together with the record of its delivery."""


@dataclasses.dataclass(frozen=True)
class Outside:
    """A handler that calls the outside world, so it runs with no transaction open.

    ``call(outside, event, *, key, now)`` is handed the adapters (see ``scrm.adapters.Outside``) and the idempotency key
    ``<event id>:<name>`` to pass on; the delivery is recorded after it returned. A ``quick`` call has no other party
    that may keep it waiting, so it may travel in one job with others.
    """

    name: str
    call: Callable[..., None]
    quick: bool = False


class Outbox(Base):
    """One event. ``relayed_at`` is when its jobs were last enqueued, ``pending`` how many handlers are left."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_open_idx", "id", postgresql_where=text("done_at is null and parked_at is null")),
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


def publish(db: Session, event: Event, *, now: datetime) -> UUID:
    """Tell the layers above, once this transaction commits; returns the event's id."""
    event_id = uuid7()
    db.execute(
        insert(Outbox).values(id=event_id, name=type(event).__name__, body=event.body(), occurred_at=now)
    )
    # Duplicate notifications within one transaction are folded by PostgreSQL.
    db.execute(text("select pg_notify('outbox', '')"))
    return event_id
