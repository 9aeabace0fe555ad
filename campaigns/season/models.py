"""A season's tables: its period and campaigns, what each member brings to a store, and the table of stores."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, LOCAL, REFERENCE, Base, family


class Season(Base):
    """Stores against stores from ``starts_at`` and before ``ends_at``; ``counted`` members count for each store."""

    __tablename__ = "season"
    __table_args__ = (
        CheckConstraint("counted between 1 and 50", name="counted"),
        CheckConstraint("starts_at < ends_at", name="period"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[dict[str, Any]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(Text)
    counted: Mapped[int]
    frozen_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]


class SeasonCampaign(Base):
    """A campaign whose rounds count in the season."""

    __tablename__ = "season_campaign"
    __table_args__ = {"info": family(REFERENCE)}

    season_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)


class SeasonPoint(Base):
    """What a member's best round in one campaign brings to the store they play for, and for which guide.

    All rows of a store lie on one node, since a store's place is counted from them.
    """

    __tablename__ = "season_point"
    __table_args__ = {"info": family(DIRECTORY, "store_id")}

    store_id: Mapped[UUID] = mapped_column(primary_key=True)
    season_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID | None]
    points: Mapped[int]


class SeasonStore(Base):
    """A store in the season's table: its points, who brought them, and how many of its guides take part."""

    __tablename__ = "season_store"
    __table_args__ = (
        Index("season_store_points_idx", "season_id", text("points desc")),
        {"info": family(LOCAL)},
    )

    season_id: Mapped[UUID] = mapped_column(primary_key=True)
    store_id: Mapped[UUID] = mapped_column(primary_key=True)
    points: Mapped[int]
    members: Mapped[int]
    guides: Mapped[int]
    guides_of: Mapped[int]
    counted_at: Mapped[datetime]
