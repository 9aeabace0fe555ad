"""The prize pool: a row of stock for every prize, and a numbered unit for every piece of a limited one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from center_core.kit import Page, Session, after_number

from .definition import Definition, Prize
from .draw.strategy import moments
from .models import PrizeStock, PrizeUnit


def fill_pool(db: Session, campaign_id: UUID, seed: bytes, definition: Definition) -> None:
    """Make the pool what ``definition`` promises: new prizes get their stock, raised stocks their further units."""
    present = {
        row.prize_no: row
        for row in db.scalars(select(PrizeStock).where(PrizeStock.campaign_id == campaign_id))
    }
    for prize in definition.prizes:
        row = present.get(prize.no)
        if row is None:
            db.add(PrizeStock(campaign_id=campaign_id, prize_no=prize.no, left_over=prize.stock, won=0))
            _add_units(db, campaign_id, prize, 1, _moments(seed, campaign_id, definition, prize))
        elif prize.stock is not None and row.left_over is not None:
            units = row.left_over + row.won
            row.left_over += prize.stock - units
            _add_units(db, campaign_id, prize, units + 1, [])
    db.flush()


def _moments(seed: bytes, campaign_id: UUID, definition: Definition, prize: Prize) -> list[datetime]:
    if definition.draw.strategy != "moments" or prize.stock is None:
        return []
    return moments(seed, campaign_id, prize, definition.period, definition.draw.curve)


def _add_units(db: Session, campaign_id: UUID, prize: Prize, first: int, released: list[datetime]) -> None:
    """Units ``first`` to the last of the stock, in the order of their moments if they have any."""
    if prize.stock is None or prize.stock < first:
        return
    db.execute(
        text(
            "insert into prize_unit (campaign_id, prize_no, unit_no, release_at) "
            "select :campaign, :prize, n, (cast(:released as timestamptz[]))[n] "
            "from generate_series(cast(:first as int), cast(:last as int)) n"
        ),
        {
            "campaign": campaign_id,
            "prize": prize.no,
            "first": first,
            "last": prize.stock,
            "released": released or None,
        },
    )


def winners(
    db: Session, campaign_id: UUID, *, prize_no: int, after: str | None = None, limit: int = 50
) -> Page[PrizeUnit]:
    """The units of a limited prize that were won, by number: who won unit 417, when, by which play."""
    rows = db.scalars(
        select(PrizeUnit)
        .where(
            PrizeUnit.campaign_id == campaign_id,
            PrizeUnit.prize_no == prize_no,
            PrizeUnit.unit_no > after_number(after or "0"),
            PrizeUnit.play_id.is_not(None),
        )
        .order_by(PrizeUnit.unit_no)
        .limit(limit + 1)
    ).all()
    return Page(rows[:limit], str(rows[limit - 1].unit_no) if len(rows) > limit else None)


def stocks(db: Session, campaign_id: UUID) -> dict[int, PrizeStock]:
    """What was won and is left of each prize."""
    rows = db.scalars(select(PrizeStock).where(PrizeStock.campaign_id == campaign_id))
    return {row.prize_no: row for row in rows}
