"""What a campaign's own page tells a member: their chances, and what they have won in it. One statement for all."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from center_core.kit import Session, look_up

from .chances import Chances, of_newcomer, reckon
from .live import Live


class Won(NamedTuple):
    """What a play won: its id, which is its coupon's too, and when; ``template_id`` where it is a coupon."""

    id: UUID
    prize_no: int
    template_id: UUID | None
    awarded_at: datetime


@dataclass(frozen=True)
class Part:
    """A member's part in a campaign; ``won`` is the latest first, at most 50."""

    chances: Chances
    won: list[Won]


PART = """
select plays, granted, spent, day, day_plays, won.id, prize_no, template_id, awarded_at
from participation left join lateral (
  select id, prize_no, template_id, awarded_at from award
  where member_id = %(member_id)s and campaign_id = %(campaign_id)s order by id desc limit 50
) won on true
where participation.member_id = %(member_id)s and participation.campaign_id = %(campaign_id)s
"""


def part_of(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Part:
    """A member's part; also of one who has not begun yet."""
    rows = look_up(db, PART, member_id=member_id, campaign_id=live.id)
    if not rows:
        return Part(of_newcomer(db, live, member_id=member_id, now=now), [])
    return Part(reckon(live, now, *rows[0][:5]), [Won(*row[5:]) for row in rows if row[5] is not None])
