"""The tables of live duels. They hold what both phones are told; a socket only carries it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import LOCAL, Base, family


class Duel(Base):
    """Two members on one seed. ``waits_until``: until when somebody waits in it for whoever comes.

    The seed is drawn when both are ready, and not told before. ``ends_at`` is until when results count.
    """

    __tablename__ = "duel"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'over', 'void')", name="state"),
        CheckConstraint("winner in (1, 2)", name="winner"),
        Index(
            None,
            "campaign_id",
            "created_at",
            postgresql_where=text("state = 'waiting' and waits_until is not null"),
        ),
        Index(None, "ends_at", postgresql_where=text("state = 'running'")),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    version: Mapped[int]
    game: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    waits_until: Mapped[datetime | None]
    seed: Mapped[str | None] = mapped_column(Text)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    winner: Mapped[int | None] = mapped_column(SmallInteger)
    rematch_of: Mapped[UUID | None] = mapped_column(unique=True)


class DuelSide(Base):
    """One of the two. ``score`` is what the server found in the recording that was handed in."""

    __tablename__ = "duel_side"
    __table_args__ = (
        UniqueConstraint("duel_id", "member_id"),
        CheckConstraint("no in (1, 2)", name="no"),
        {"info": family(LOCAL)},
    )

    duel_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    member_id: Mapped[UUID]
    round_id: Mapped[UUID | None]
    ready_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    score: Mapped[int | None]
    tie: Mapped[int | None]
    flagged: Mapped[bool] = mapped_column(server_default=text("false"))


class DuelBatch(Base):
    """Inputs of one side up to ``tick``, for the other's screen. What counts is the recording handed in at the end.

    ``stored_at`` is the moment before which nobody else knew them: of two alike recordings it tells which is the copy.
    """

    __tablename__ = "duel_batch"
    __table_args__ = {"info": family(LOCAL)}

    duel_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    tick: Mapped[int]
    events: Mapped[list[Any]]
    stored_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
