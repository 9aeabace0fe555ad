"""The end of a campaign: what is left is drawn if that was promised, and the seed is revealed."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import psycopg
from sqlalchemy import select, text

from center_core.kit import Session, apart

from .draw.batch import Ask, Batch
from .draw.fairness import FINAL_DRAW_KEY, number_of
from .lifecycle import mark_settled, take_draw_lock
from .live import Live, read_live
from .models import Campaign, Participation, PrizeStock


def settle(db: Session, *, campaign_id: UUID, now: datetime) -> Campaign:
    """Draw what is left (``exactly``) and reveal the seed; an ended campaign only, in one transaction."""
    take_draw_lock(db, campaign_id)
    live = read_live(db, campaign_id)
    if live.state == "ended" and live.definition.draw.strategy == "exactly":
        draw_the_rest(db, live, now=now)
    return mark_settled(db, campaign_id=campaign_id, now=now)


def settle_next(db: Session, *, now: datetime) -> int:
    """Settle one campaign that has ended, if there is one that can be; how many that was."""
    ended = select(Campaign.id).where(Campaign.state == "ended").order_by(Campaign.id)
    for campaign_id in db.scalars(ended).all():
        with apart(db, f"settling campaign {campaign_id}"):
            take_draw_lock(db, campaign_id)
            # Another scheduler may have settled it while this one waited for the lock.
            if db.scalar(ended.where(Campaign.id == campaign_id)):
                settle(db, campaign_id=campaign_id, now=now)
                return 1
    return 0


def draw_the_rest(db: Session, live: Live, *, now: datetime) -> int:
    """Give each unit that is left to another participant: those with the lowest numbers, the first prize first.

    A participant is who has played at least once. Each wins at most one unit here; where fewer took part than
    units are left, the rest stays. Returns how many were drawn.
    """
    prizes = list(_left_over(db, live))
    lucky = heapq.nsmallest(len(prizes), _tickets(db, live))
    connection = db.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - the only driver we have
    for at in range(0, len(lucky), Batch.largest):
        part = lucky[at : at + Batch.largest]
        batch = Batch([Ask(member_id, FINAL_DRAW_KEY, now) for _, member_id in part])
        batch.decide(connection, live, final=prizes[at : at + len(part)])
    return len(lucky)


def _left_over(db: Session, live: Live) -> Iterator[int]:
    """The number of each unit's prize that nobody has won, in the order of the prizes."""
    rows = db.execute(
        select(PrizeStock.prize_no, PrizeStock.left_over).where(PrizeStock.campaign_id == live.id)
    )
    left = {prize_no: left_over or 0 for prize_no, left_over in rows}
    for prize in live.definition.prizes:
        yield from [prize.no] * left.get(prize.no, 0)


def _tickets(db: Session, live: Live) -> Iterator[tuple[int, UUID]]:
    """Each participant's number for the draw at the end, streamed: there may be millions."""
    members = db.execute(
        select(Participation.member_id)
        .where(Participation.campaign_id == live.id, Participation.plays > 0)
        .execution_options(yield_per=5000)
    )
    still_here = text("select unnest(members_active(cast(:members as uuid[])))")
    for part in members.scalars().partitions():
        for member_id in db.scalars(still_here, {"members": list(part)}):
            yield number_of(live.seed, live.id, member_id, FINAL_DRAW_KEY), member_id
