"""What a campaign has brought so far. Counters are kept by the batches, so that a live page costs a few small reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from center_core import marketing, settlement
from center_core.kit import Session

from .definition import Definition
from .friends import TakenUp, links_of
from .gate import published_definition
from .lifecycle import campaign
from .models import Traffic, VisitSource
from .pool import stocks


@dataclass(frozen=True)
class PrizeLine:
    """One prize: ``stock`` and ``left_over`` none is unlimited; ``cost_fen`` is what was won, at its stated value."""

    no: int
    name: dict[str, str]
    kind: str
    odds_ppm: int
    stock: int | None
    won: int
    left_over: int | None
    cost_fen: int
    fallback: bool


@dataclass(frozen=True)
class Hour:
    """One point of the plots."""

    hour: datetime
    visits: int
    joins: int
    plays: int
    wins: int


@dataclass(frozen=True)
class Report:
    """The figures of one campaign at one moment."""

    at: datetime
    visits: int
    joins: int
    plays: int
    wins: int
    prizes: tuple[PrizeLine, ...]
    hours: tuple[Hour, ...]
    sources: tuple[tuple[str, int], ...]
    coupons_issued: int
    coupons_redeemed: int
    discount_fen: int
    attributed_fen: int
    links: TakenUp


def report(db: Session, campaign_id: UUID, now: datetime) -> Report:
    """The figures now."""
    definition = published_definition(db, campaign(db, campaign_id))
    hours = tuple(
        Hour(row.hour, row.visits, row.joins, row.plays, row.wins)
        for row in db.scalars(
            select(Traffic).where(Traffic.campaign_id == campaign_id).order_by(Traffic.hour)
        )
    )
    sources = db.execute(
        select(VisitSource.channel_code, func.sum(VisitSource.visits))
        .where(VisitSource.campaign_id == campaign_id)
        .group_by(VisitSource.channel_code)
        .order_by(func.sum(VisitSource.visits).desc())
    )
    tallies = marketing.issued_and_redeemed(db, origin_id=campaign_id)
    return Report(
        at=now,
        visits=sum(hour.visits for hour in hours),
        joins=sum(hour.joins for hour in hours),
        plays=sum(hour.plays for hour in hours),
        wins=sum(hour.wins for hour in hours),
        prizes=_prizes(db, campaign_id, definition) if definition else (),
        hours=hours,
        sources=tuple((code, int(visits)) for code, visits in sources),
        coupons_issued=sum(tally.issued for tally in tallies),
        coupons_redeemed=sum(tally.redeemed for tally in tallies),
        discount_fen=sum(tally.amount_fen for tally in tallies),
        attributed_fen=settlement.attributed(db, origin_id=campaign_id),
        links=links_of(db, campaign_id),
    )


@dataclass(frozen=True)
class Totals:
    """A campaign's figures at a glance."""

    visits: int = 0
    joins: int = 0
    plays: int = 0
    wins: int = 0


def totals(db: Session, campaign_ids: Sequence[UUID]) -> dict[UUID, Totals]:
    """The totals of several campaigns, in one statement; one without any traffic yet is there too."""
    rows = db.execute(
        select(
            Traffic.campaign_id,
            func.sum(Traffic.visits),
            func.sum(Traffic.joins),
            func.sum(Traffic.plays),
            func.sum(Traffic.wins),
        )
        .where(Traffic.campaign_id.in_(campaign_ids))
        .group_by(Traffic.campaign_id)
    )
    found = {row[0]: Totals(*(int(count) for count in row[1:])) for row in rows}
    return {campaign_id: found.get(campaign_id, Totals()) for campaign_id in campaign_ids}


def _prizes(db: Session, campaign_id: UUID, definition: Definition) -> tuple[PrizeLine, ...]:
    pool = stocks(db, campaign_id)
    return tuple(
        PrizeLine(
            no=prize.no,
            name=prize.name.model_dump(),
            kind=prize.kind,
            odds_ppm=prize.odds_ppm,
            stock=prize.stock,
            won=pool[prize.no].won,
            left_over=pool[prize.no].left_over,
            cost_fen=pool[prize.no].won * prize.value_fen,
            fallback=prize.fallback,
        )
        for prize in definition.prizes
    )
