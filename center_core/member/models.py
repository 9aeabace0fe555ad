"""Tables of the member centre: who a member is, what they agreed to, whose they are, and their points."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, Base, family


class Tier(Base):
    """A step of the club: the growth it takes, and what percentage of the plain points its purchases earn."""

    __tablename__ = "tier"
    __table_args__ = (UniqueConstraint("rank"), {"info": family(REFERENCE)})

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[dict[str, Any]]
    rank: Mapped[int]
    threshold: Mapped[int]
    earn_percent: Mapped[int]


class Member(Base):
    """One consumer, or a store's walk-in account, which sales without a member belong to.

    ``name_pinyin`` holds the full pinyin and its initials (``wangxiaoming wxm``) and ``phone_tail`` the last
    four digits: what a guide types. ``growth`` is what the tier was last decided on, and the tier is kept at
    least until ``tier_until``.
    """

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("kind in ('person', 'walk_in')", name="kind"),
        CheckConstraint("status in ('active', 'frozen', 'erased')", name="status"),
        Index(None, "phone_tail"),
        Index(None, "name", postgresql_ops={"name": "text_pattern_ops"}),
        Index(None, "name_pinyin", postgresql_ops={"name_pinyin": "text_pattern_ops"}),
        Index(None, "joined_at"),
        Index(None, "join_store_id", "joined_at"),
        Index(None, "tier", "kind"),
        Index("member_tier_until_idx", "tier_until", postgresql_where=text("tier_until is not null")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_pinyin: Mapped[str] = mapped_column(Text)
    gender: Mapped[str | None] = mapped_column(Text)
    birthday: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(Text)
    phone_tail: Mapped[str | None] = mapped_column(Text)
    tier: Mapped[str | None] = mapped_column(ForeignKey("tier.code"))
    tier_until: Mapped[datetime | None]
    growth: Mapped[int] = mapped_column(server_default=text("0"))
    card_secret: Mapped[bytes] = mapped_column(LargeBinary)
    join_store_id: Mapped[UUID | None] = mapped_column(ForeignKey("store.id"))
    join_code: Mapped[str | None] = mapped_column(Text)
    joined_at: Mapped[datetime]
    locale: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)


class Identity(Base):
    """Where to find a member by what people type or scan.

    Kinds are ``phone`` (E.164), ``card`` (its number) and ``walk_in`` (the store's id). The primary key is
    also what makes two joins with one phone number one member.
    """

    __tablename__ = "identity"
    __table_args__ = {"info": family(DIRECTORY, "value")}

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text, primary_key=True)
    member_id: Mapped[UUID]


class Consent(Base):
    """Agreement to one version of a document (``privacy``, ``marketing``), kept after it is withdrawn."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "consent_given_idx",
            "member_id",
            "document",
            "version",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.member_id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Tag(Base):
    """A word that marketers and guides group members by."""

    __tablename__ = "tag"
    __table_args__ = (Index(None, "tag"), {"info": family(MEMBER)})

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.member_id"), primary_key=True)
    tag: Mapped[str] = mapped_column(Text, primary_key=True)
    added_at: Mapped[datetime]


class Binding(Base):
    """Whose member this is, and was: at most one binding of a member is open."""

    __tablename__ = "binding"
    __table_args__ = (
        Index("binding_open_idx", "member_id", unique=True, postgresql_where=text("until is null")),
        Index("binding_staff_id_idx", "staff_id", "member_id", postgresql_where=text("until is null")),
        Index("binding_store_id_idx", "store_id", "member_id", postgresql_where=text("until is null")),
        Index("binding_former_idx", "staff_id", "member_id", postgresql_where=text("until is not null")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.member_id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text)


class PointsPosting(Base):
    """One line of a member's points ledger: only ever added.

    An ``earn`` posting opens a lot, which is pending until ``available_at`` and lapses at ``expires_at``; its
    ``release``, and the ``reverse`` of a return, carry the same ``lot_id``. What takes from whichever lot
    lapses first (``spend``, ``expire``, and the ``reverse`` of a ``spend``) has none. The balance is the sum
    of the changes.
    """

    __tablename__ = "points_posting"
    __table_args__ = (
        UniqueConstraint("member_id", "source_kind", "source_id", "kind"),
        CheckConstraint("kind in ('earn', 'release', 'spend', 'expire', 'reverse')", name="kind"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    available_change: Mapped[int]
    pending_change: Mapped[int]
    lot_id: Mapped[UUID | None]
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    at: Mapped[datetime]
    available_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    @property
    def amount(self) -> int:
        """The number for a statement: what was gained or lost; for a release, what became usable."""
        if self.kind == "release":
            return self.available_change
        return self.available_change + self.pending_change


class PointsBalance(Base):
    """The sum of a member's postings, and when the next lot of theirs is due to be released or to lapse.

    ``available`` falls below zero when a return takes back points that are already spent; what is earned next
    pays that off. ``lifetime`` is all that was ever earned and not taken back.
    """

    __tablename__ = "points_balance"
    __table_args__ = (
        CheckConstraint("pending >= 0", name="pending"),
        Index(
            "points_balance_releases_next_idx",
            "releases_next",
            postgresql_where=text("releases_next is not null"),
        ),
        Index(
            "points_balance_expires_next_idx",
            "expires_next",
            postgresql_where=text("expires_next is not null"),
        ),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.member_id"), primary_key=True)
    available: Mapped[int] = mapped_column(server_default=text("0"))
    pending: Mapped[int] = mapped_column(server_default=text("0"))
    lifetime: Mapped[int] = mapped_column(server_default=text("0"))
    releases_next: Mapped[datetime | None]
    expires_next: Mapped[datetime | None]


class OneTimeCode(Base):
    """A code that was sent to a phone. A guess is counted in ``tries`` before it is compared.

    ``origin`` is whence it was asked for: an internet address, or a store.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (
        Index(None, "phone", "purpose", "requested_at"),
        Index(None, "ip", "requested_at"),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    origin: Mapped[str | None] = mapped_column("ip", Text)
    tries: Mapped[int]
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    consumed_at: Mapped[datetime | None]
