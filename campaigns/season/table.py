"""The table of stores as people read it: the first of them, one's own with its neighbours, and what would move it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from center_core import user
from center_core.kit import Session, look_up

from .counting import brought_to
from .models import Season, SeasonPoint, SeasonStore
from .scoring import GUIDE_POINTS, TEAM, Brought, guides_taking_part


@dataclass(frozen=True)
class StorePlace:
    """A store's line with its rank; among equals the one with more guides, then with more members leads."""

    rank: int
    store_id: UUID
    points: int
    members: int
    guides: int
    guides_of: int


@dataclass(frozen=True)
class Outlook:
    """A store's own view: what it has, and what one more step would bring.

    ``best`` are the members who count, ``open_places`` how many more could. ``to_next`` is what the store lacks to the
    one ahead of it. ``guides_missing`` bring no team yet, and each of them would bring ``guide_worth`` points.
    """

    place: StorePlace | None
    ahead: StorePlace | None
    best: tuple[Brought, ...]
    open_places: int
    to_next: int
    guides_missing: tuple[UUID, ...]
    guide_worth: int
    team: int = TEAM


def table(db: Session, it: Season, *, first: int = 1, count: int = 50) -> list[StorePlace]:
    """``count`` places from the rank ``first`` on."""
    ranked = _ranked(it.id)
    found = db.execute(select(ranked).where(ranked.c.rank >= first).order_by(ranked.c.rank).limit(count))
    return [StorePlace(*row) for row in found]


def size(db: Session, it: Season) -> int:
    """How many stores take part."""
    return db.scalar(select(func.count()).select_from(SeasonStore).where(SeasonStore.season_id == it.id)) or 0


def place_of(db: Session, it: Season, store_id: UUID) -> StorePlace | None:
    """The store's own place, if anybody has played for it."""
    ranked = _ranked(it.id)
    row = db.execute(select(ranked).where(ranked.c.store_id == store_id)).one_or_none()
    return StorePlace(*row) if row else None


def stores_of(db: Session, it: Season, member_id: UUID) -> dict[UUID, UUID]:
    """The store that the member plays for in each campaign whose rounds they have begun; the latest is the last."""
    return dict(map(tuple, look_up(db, STORES, member_id=member_id, season_id=it.id)))


STORES = """
select campaign_id, store_id from participation join season_campaign using (campaign_id)
 where member_id = %(member_id)s and season_id = %(season_id)s and store_id is not null
 order by joined_at
"""


def points_of(db: Session, it: Season, store_ids: Collection[UUID], member_id: UUID) -> int:
    """What the member has brought to the stores that they play for."""
    found = select(func.coalesce(func.sum(SeasonPoint.points), 0)).where(
        SeasonPoint.store_id.in_(store_ids),
        SeasonPoint.season_id == it.id,
        SeasonPoint.member_id == member_id,
    )
    return int(db.scalar(found) or 0)


def outlook(db: Session, it: Season, store_id: UUID) -> Outlook:
    """What moves the store up."""
    place = place_of(db, it, store_id)
    ahead = table(db, it, first=place.rank - 1, count=1)[0] if place and place.rank > 1 else None
    brought = brought_to(db, it.id, store_id)
    guides = user.guides_of_store(db, store_id)
    playing = guides_taking_part(brought)
    return Outlook(
        place=place,
        ahead=ahead,
        best=tuple(brought[: it.counted]),
        open_places=max(it.counted - len(brought), 0),
        to_next=ahead.points - place.points + 1 if ahead and place else 0,
        guides_missing=tuple(guide.id for guide in guides if guide.id not in playing),
        guide_worth=GUIDE_POINTS // len(guides) if guides else 0,
    )


def _ranked(season_id: UUID):  # type: ignore[no-untyped-def]  # a subquery's type says nothing
    order = func.row_number().over(
        order_by=(
            SeasonStore.points.desc(),
            SeasonStore.guides.desc(),
            SeasonStore.members.desc(),
            SeasonStore.store_id,
        )
    )
    return (
        select(
            order.label("rank"),
            SeasonStore.store_id,
            SeasonStore.points,
            SeasonStore.members,
            SeasonStore.guides,
            SeasonStore.guides_of,
        )
        .where(SeasonStore.season_id == season_id)
        .subquery()
    )
