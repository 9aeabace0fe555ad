"""The engine's tables. The hot ones are written by ``draw_batch`` (migration 0010), not through these classes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, Base, family


class Campaign(Base):
    """One campaign. ``revision`` counts every change of what is live; ``draft_revision`` every save of the draft.

    ``seed`` is secret until ``revealed_at``; ``seed_hash`` is shown from the first publication on.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint(
            "state in ('draft', 'scheduled', 'running', 'paused', 'ended', 'settled')", name="state"
        ),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    type: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    zone: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int]
    version: Mapped[int]
    draft: Mapped[dict[str, Any]]
    draft_revision: Mapped[int]
    seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    seed_hash: Mapped[str | None] = mapped_column(Text)
    revealed_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CampaignVersion(Base):
    """A definition as it was published, for ever: receipts name the version that they were drawn under."""

    __tablename__ = "campaign_version"
    __table_args__ = {"info": family(REFERENCE)}

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    definition: Mapped[dict[str, Any]]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime]


class CampaignDraft(Base):
    """An earlier state of a draft, so that an editor can undo."""

    __tablename__ = "campaign_draft"
    __table_args__ = {"info": family(LOCAL)}

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_revision: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[dict[str, Any]]
    saved_by: Mapped[UUID | None]
    saved_at: Mapped[datetime]


class Picture(Base):
    """A picture that a marketer brought, under the SHA-256 of its content; whoever brings it again finds it there.

    ``campaign_id`` is the campaign that it was first brought for; ``brought_at`` the last time it was brought.
    """

    __tablename__ = "picture"
    __table_args__ = (
        CheckConstraint("key ~ '^[0-9a-f]{64}$'", name="key"),
        CheckConstraint("width > 0", name="width"),
        CheckConstraint("height > 0", name="height"),
        Index(None, "campaign_id"),
        Index(None, "brought_at"),
        {"info": family(LOCAL)},
    )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    campaign_id: Mapped[UUID]
    media_type: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    brought_at: Mapped[datetime]


class PrizeStock(Base):
    """How many of a prize were won and are left; ``left_over`` null is unlimited. One row for every prize."""

    __tablename__ = "prize_stock"
    __table_args__ = (
        CheckConstraint("left_over >= 0", name="left_over"),
        CheckConstraint("won >= 0", name="won"),
        {"info": family(LOCAL)},
    )

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    prize_no: Mapped[int] = mapped_column(primary_key=True)
    left_over: Mapped[int | None]
    won: Mapped[int]


class PrizeUnit(Base):
    """One piece of a limited prize: who won number 417, when, by which play. Units are won in order of number."""

    __tablename__ = "prize_unit"
    __table_args__ = {"info": family(LOCAL)}

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    prize_no: Mapped[int] = mapped_column(primary_key=True)
    unit_no: Mapped[int] = mapped_column(primary_key=True)
    release_at: Mapped[datetime | None]
    member_id: Mapped[UUID | None]
    play_id: Mapped[UUID | None]
    won_at: Mapped[datetime | None]


class Participation(Base):
    """A member in a campaign: plays and chances so far, and the best score.

    ``store_id`` and ``staff_id`` are the store and the guide that the member plays for: theirs when they started their
    first round. A member who changes stores later does not take the score along.
    """

    __tablename__ = "participation"
    __table_args__ = (
        Index(None, "campaign_id", postgresql_where=text("best_score is not null")),
        Index(
            None,
            "campaign_id",
            "store_id",
            postgresql_where=text("best_score is not null and store_id is not null"),
        ),
        Index(
            None,
            "campaign_id",
            "staff_id",
            postgresql_where=text("best_score is not null and staff_id is not null"),
        ),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    joined_at: Mapped[datetime]
    plays: Mapped[int] = mapped_column(server_default=text("0"))
    day: Mapped[date | None]
    day_plays: Mapped[int] = mapped_column(server_default=text("0"))
    granted: Mapped[int] = mapped_column(server_default=text("0"))
    spent: Mapped[int] = mapped_column(server_default=text("0"))
    round_day: Mapped[date | None]
    day_rounds: Mapped[int] = mapped_column(server_default=text("0"))
    best_score: Mapped[int | None]
    best_tie: Mapped[int | None]
    best_at: Mapped[datetime | None]
    best_round_id: Mapped[UUID | None]
    store_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    ghost_day: Mapped[date | None]
    day_ghosts: Mapped[int] = mapped_column(server_default=text("0"))


class DayBest(Base):
    """A member's best score of one day of a campaign, by the campaign's own calendar."""

    __tablename__ = "day_best"
    __table_args__ = (Index(None, "campaign_id", "day"), {"info": family(MEMBER)})

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    score: Mapped[int]
    tie: Mapped[int]
    at: Mapped[datetime]
    round_id: Mapped[UUID]


class Play(Base):
    """One decided play, with its receipt: version, number, what the number fell on and what was left of it."""

    __tablename__ = "play"
    __table_args__ = (
        UniqueConstraint("member_id", "campaign_id", "idempotency_key"),
        # Every number is above 0; said here, no look-up by a key can take this index for that of the keys.
        Index(None, "member_id", "campaign_id", "n", unique=True, postgresql_where=text("n > 0")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    idempotency_key: Mapped[str] = mapped_column(Text)
    n: Mapped[int]
    day: Mapped[date]
    version: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger)
    drawn_no: Mapped[int]
    left_over: Mapped[int | None]
    prize_no: Mapped[int]
    unit_no: Mapped[int | None]
    played_at: Mapped[datetime]


class Award(Base):
    """What a play won, where it is more than a kind word. Bears the id of its play; so does its coupon."""

    __tablename__ = "award"
    __table_args__ = {"info": family(MEMBER)}

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    prize_no: Mapped[int]
    unit_no: Mapped[int | None]
    kind: Mapped[str] = mapped_column(Text)
    template_id: Mapped[UUID | None]
    points: Mapped[int]
    awarded_at: Mapped[datetime]


class GameRound(Base):
    """One round of a skill game: the seed the server gave, the inputs the phone sent, the score the server computed.

    ``code`` is the public name of a counted round. A ghost race has none: it names in ``against`` the code of the round
    (or, of a live duel, the duel) whose seed it was played with, and in ``beaten`` how it ended.
    """

    __tablename__ = "game_round"
    __table_args__ = (
        UniqueConstraint("member_id", "campaign_id", "idempotency_key"),
        CheckConstraint("state in ('open', 'scored', 'refused')", name="state"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    idempotency_key: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    game: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    deadline: Mapped[datetime]
    state: Mapped[str] = mapped_column(Text)
    finished_at: Mapped[datetime | None]
    inputs: Mapped[bytes | None] = mapped_column(LargeBinary)
    score: Mapped[int | None]
    tie: Mapped[int | None]
    flags: Mapped[list[str]]
    rules_version: Mapped[str | None] = mapped_column(Text)
    chances: Mapped[int] = mapped_column(server_default=text("0"))
    reason: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    against: Mapped[str | None] = mapped_column(Text)
    beaten: Mapped[bool | None]

    @property
    def counts(self) -> bool:
        """Whether it may stand on a leaderboard: a ghost race may not, nor a round that deserves a second look."""
        return self.state == "scored" and not self.flags and self.against is None


class GameRules(Base):
    """The rules of a game as rounds began with them: the script that is replayed, or of a game that asks its bank."""

    __tablename__ = "game_rules"
    __table_args__ = {"info": family(REFERENCE)}

    game: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[str] = mapped_column(Text, primary_key=True)
    script: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class RoundQuestion(Base):
    """One question of a round in a game that asks. ``answered_at`` without a ``choice``: time ran out."""

    __tablename__ = "round_question"
    __table_args__ = (
        CheckConstraint("no >= 1", name="no"),
        CheckConstraint("choice between 0 and 3", name="choice"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    choice: Mapped[int | None] = mapped_column(SmallInteger)
    points: Mapped[int] = mapped_column(server_default=text("0"))


class RoundCode(Base):
    """Where to find a round by its public code."""

    __tablename__ = "round_code"
    __table_args__ = {"info": family(DIRECTORY, "code")}

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    member_id: Mapped[UUID]
    round_id: Mapped[UUID]
    campaign_id: Mapped[UUID]


class Friend(Base):
    """Two members whom a challenge link brought together in a campaign; each of them has a row about the other.

    ``took_mine_at`` is when the friend took up a link of mine, ``joined`` whether it brought them to the club,
    ``races`` how often they raced a ghost of mine since, and ``beat_me_at`` when they first won.
    """

    __tablename__ = "friend"
    __table_args__ = (
        Index(None, "campaign_id", postgresql_where=text("took_mine_at is not null")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    friend_id: Mapped[UUID] = mapped_column(primary_key=True)
    took_mine_at: Mapped[datetime | None]
    took_theirs_at: Mapped[datetime | None]
    joined: Mapped[bool] = mapped_column(server_default=text("false"))
    races: Mapped[int] = mapped_column(server_default=text("0"))
    beat_me_at: Mapped[datetime | None]


class Traffic(Base):
    """Hour by hour: what a campaign's report plots."""

    __tablename__ = "traffic"
    __table_args__ = {"info": family(LOCAL)}

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    visits: Mapped[int] = mapped_column(server_default=text("0"))
    joins: Mapped[int] = mapped_column(server_default=text("0"))
    plays: Mapped[int] = mapped_column(server_default=text("0"))
    wins: Mapped[int] = mapped_column(server_default=text("0"))


class VisitSource(Base):
    """Visits by the channel code of the link that brought them; an empty code is a bare link."""

    __tablename__ = "visit_source"
    __table_args__ = {"info": family(LOCAL)}

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    channel_code: Mapped[str] = mapped_column(Text, primary_key=True)
    visits: Mapped[int]
