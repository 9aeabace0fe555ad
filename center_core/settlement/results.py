"""What counted for somebody: sums of attributions over a span of time, by day, by guide."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, cast, func, select

from center_core.kit import Session

from .models import Attribution


@dataclass(frozen=True)
class Results:
    """What counted for somebody in a span of time."""

    sales_fen: int
    returns_fen: int
    orders: int

    @property
    def net_fen(self) -> int:
        """Sales less returns."""
        return self.sales_fen - self.returns_fen


def results_of(
    db: Session,
    *,
    since: datetime,
    until: datetime,
    staff_id: UUID | None = None,
    store_id: UUID | None = None,
) -> Results:
    """What counted for a guide, or for a store, from ``since`` until before ``until``."""
    return _results(db.execute(_within(select(*_sums()), since, until, staff_id, store_id)).one())


def results_by_day(
    db: Session,
    *,
    since: datetime,
    until: datetime,
    zone: str,
    staff_id: UUID | None = None,
    store_id: UUID | None = None,
) -> dict[date, Results]:
    """The same by the calendar days of ``zone``; days on which nothing happened are left out."""
    day = cast(func.timezone(zone, Attribution.at), Date).label("day")
    rows = db.execute(_within(select(*_sums(), day), since, until, staff_id, store_id).group_by("day"))
    return {row.day: _results(row) for row in rows}


def results_by_staff(
    db: Session, *, store_id: UUID, since: datetime, until: datetime
) -> dict[UUID | None, Results]:
    """What counted in a store by guide; under ``None`` what was nobody's."""
    query = _within(select(*_sums(), Attribution.staff_id), since, until, None, store_id)
    return {row.staff_id: _results(row) for row in db.execute(query.group_by(Attribution.staff_id))}


def _sums() -> tuple[Any, Any, Any]:
    is_sale = Attribution.source_kind == "sale"
    return (
        func.coalesce(func.sum(Attribution.amount_fen).filter(is_sale), 0),
        func.coalesce(func.sum(-Attribution.amount_fen).filter(~is_sale), 0),
        func.count().filter(is_sale),
    )


def _within(
    query: Any, since: datetime, until: datetime, staff_id: UUID | None, store_id: UUID | None
) -> Any:
    query = query.where(Attribution.at >= since, Attribution.at < until)
    if staff_id is not None:
        query = query.where(Attribution.staff_id == staff_id)
    if store_id is not None:
        query = query.where(Attribution.store_id == store_id)
    return query


def _results(row: Any) -> Results:
    return Results(int(row[0]), int(row[1]), row[2])
