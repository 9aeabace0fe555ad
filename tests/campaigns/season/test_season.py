"""Seasons: rounds count for stores while they run, the table is frozen at the end, and a recount says the same."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

import campaigns
from campaigns import RoundScored, season
from campaigns.season.counting import check, count_round
from campaigns.season.service import LAST_ROUNDS
from center_core.kit import Fault, Session, uuid7
from tests import make
from tests.make import campaign as making

NOW = make.NOW
END = NOW + timedelta(days=7)


def a_season(db: Session, *lives: campaigns.Live, **terms: Any) -> season.Season:
    usual: dict[str, Any] = {
        "slug": "winter-cup", "title": {"en": "Winter Cup", "zh": "冬季杯"}, "counted": 5, "staff_id": None,
        "starts_at": NOW - timedelta(days=1), "ends_at": END, "now": NOW,
        "campaign_ids": [live.id for live in lives],
    }  # fmt: skip
    return season.create(db, **{**usual, **terms})


class Ground:
    """A campaign, two stores with a guide each, and a way to let members score for them."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.live = making.live(db, **making.challenge())
        self.stores = [make.store(db) for _ in range(2)]
        self.guides = [make.guide(db, store=store) for store in self.stores]

    def score(self, store: int, score: int, *, at: datetime = NOW, tell: bool = True, **terms: Any) -> UUID:
        """A counted round of a new member of that store, and the news of it."""
        who, round_id, where = terms.get("member") or uuid7(), uuid7(), self.stores[store]
        row = {
            "member": who, "campaign": self.live.id, "round": round_id, "store": where.id, "score": score,
            "staff": self.guides[store].id, "at": at, "code": terms.get("code", round_id.hex),
            "against": terms.get("against"), "flags": terms.get("flags", "[]"), "version": terms.get("version", 1),
        }  # fmt: skip
        self.db.execute(PARTICIPATION, row)
        self.db.execute(ROUND, row)
        if tell:
            self.tell(who, round_id, score)
        return who

    def tell(self, who: UUID, round_id: UUID, score: int, now: datetime = NOW) -> None:
        event = RoundScored(self.live.id, who, round_id, score=score, is_best=True, chances=0)
        count_round(self.db, event, now=now)


PARTICIPATION = text("""
    insert into participation (member_id, campaign_id, joined_at, store_id, staff_id)
    values (:member, :campaign, :at, :store, :staff) on conflict do nothing
""")
ROUND = text("""
    insert into game_round (member_id, id, campaign_id, idempotency_key, version, game, seed, started_at, deadline,
                            state, finished_at, score, tie, flags, code, against)
    values (:member, :round, :campaign, :round, :version, 'sprint', '00', :at, :at, 'scored', :at, :score, 0,
            cast(:flags as jsonb), :code, :against)
""")
LONGER = text("""
    insert into campaign_version (campaign_id, version, definition, published_at)
    select campaign_id, 2, jsonb_set(definition, '{challenge,game,config,length}', '"long"'), published_at
      from campaign_version where campaign_id = :campaign
""")


@pytest.fixture
def ground(db: Session, unmeasured: None) -> Ground:
    return Ground(db)


def points(db: Session, it: season.Season) -> list[tuple[int, int, int, int]]:
    return [(place.rank, place.points, place.members, place.guides) for place in season.table(db, it)]


def test_rounds_count_for_the_store_as_they_happen(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    for score in (10_000, 16_000, 8_000):
        ground.score(0, score)
    ground.score(1, 10_000)
    # (800 + 500 + 1000) / 5 and the only guide with a team of three; (800) / 5 and no team.
    assert points(db, it) == [(1, 460 + 200, 3, 1), (2, 160, 1, 0)]
    assert list(check(db)) == []


def test_only_the_best_of_each_member_counts(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    who = ground.score(0, 16_000)
    ground.score(0, 10_000, member=who)
    ground.score(0, 20_000, member=who)
    assert points(db, it) == [(1, 160, 1, 0)]
    assert list(check(db)) == []


def test_a_round_counts_by_the_length_that_was_set_when_it_was_played(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    db.execute(LONGER, {"campaign": ground.live.id})
    who = ground.score(0, 10_000)
    # Twice the way in less than twice the time.
    ground.score(0, 16_000, member=who, version=2)
    ground.score(1, 16_000)
    assert points(db, it) == [(1, 906 // 5, 1, 0), (2, 500 // 5, 1, 0)]
    assert list(check(db)) == []


@pytest.mark.parametrize(
    "terms",
    [
        {"at": NOW - timedelta(days=2)},
        {"at": END},
        {"code": None, "flags": '["inhuman_regularity"]'},
        {"code": None, "against": "ANOTHERROUND"},
    ],
    ids=["before", "after", "flagged", "ghost race"],
)
def test_what_does_not_count(db: Session, ground: Ground, terms: dict[str, Any]) -> None:
    it = a_season(db, ground.live)
    ground.score(0, 10_000, **terms)
    assert points(db, it) == []


def test_rounds_from_before_its_making_count_too(db: Session, ground: Ground) -> None:
    ground.score(0, 10_000, tell=False)
    assert points(db, a_season(db, ground.live)) == [(1, 160, 1, 0)]


def test_campaigns_outside_the_season_do_not_count(db: Session, ground: Ground) -> None:
    it = a_season(db, making.live(db, **making.challenge()))
    ground.score(0, 10_000)
    assert points(db, it) == []


def test_the_end_freezes_the_table_with_every_round_that_came_in_time(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    ground.score(0, 10_000)
    # Committed in time, while the news of it are still under way when the season is frozen.
    late = ground.score(1, 8_000, at=END - timedelta(seconds=1), tell=False)
    assert season.freeze_next(db, now=END) == 0
    assert season.freeze_next(db, now=END + LAST_ROUNDS) == 1
    assert it.frozen_at == END + LAST_ROUNDS
    frozen = points(db, it)
    assert frozen == [(1, 200, 1, 0), (2, 160, 1, 0)]
    ground.tell(late, uuid7(), 8_000, END + timedelta(minutes=5))
    ground.score(0, 8_000, at=END - timedelta(minutes=1))
    assert points(db, it) == frozen
    assert season.freeze_next(db, now=END + timedelta(days=1)) == 0


def test_the_tick_freezes_what_is_due(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    db.execute(text("update campaign set state = 'settled'"))
    assert campaigns.tick(db, now=END + timedelta(hours=1)) == 1
    assert it.frozen_at is not None
    assert campaigns.tick(db, now=END + timedelta(hours=1)) == 0


def test_a_season_can_be_ended_early_but_once(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    season.end(db, season_id=it.id, now=NOW)
    with pytest.raises(Fault, match="season_over"):
        season.end(db, season_id=it.id, now=NOW)
    assert season.current(db, now=NOW) is None
    assert season.freeze_next(db, now=NOW + LAST_ROUNDS) == 1


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"starts_at": END, "ends_at": END}, "season_period_wrong"),
        ({"starts_at": END, "ends_at": NOW}, "season_period_wrong"),
        ({"ends_at": NOW}, "season_period_wrong"),
        ({"campaign_ids": []}, "season_campaign_unfit"),
        ({"campaign_ids": [UUID(int=1)]}, "season_campaign_unfit"),
    ],
)
def test_mistaken_seasons_are_refused(
    db: Session, ground: Ground, terms: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(Fault, match=refusal):
        a_season(db, ground.live, **terms)


def test_a_campaign_of_chance_alone_and_a_draft_are_unfit(db: Session) -> None:
    for it in (making.live(db).id, making.campaign(db, **making.challenge()).id):
        with pytest.raises(Fault, match="season_campaign_unfit"):
            a_season(db, campaign_ids=[it])


def test_an_address_belongs_to_one_season(db: Session, ground: Ground) -> None:
    a_season(db, ground.live)
    with pytest.raises(Fault, match="season_slug_taken"):
        a_season(db, ground.live)


def test_what_moves_a_store(db: Session, ground: Ground) -> None:
    it = a_season(db, ground.live)
    ground.score(0, 10_000)
    ground.score(1, 8_000)
    seen = season.outlook(db, it, ground.stores[0].id)
    assert seen.place is not None
    assert (seen.place.rank, seen.place.points, seen.to_next) == (2, 160, 41)
    assert ([one.points for one in seen.best], seen.open_places) == ([800], 4)
    assert (seen.guides_missing, seen.guide_worth) == ((ground.guides[0].id,), 200)
    nobody = season.outlook(db, it, make.store(db).id)
    assert (nobody.place, nobody.best, nobody.to_next) == (None, (), 0)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update season_store set points = points + 1", "season_table_differs"),
        ("update season_store set members = 7", "season_table_differs"),
        ("update season_point set points = points - 1", "season_points_differ"),
        ("delete from season_point", "season_points_differ"),
        ("update game_round set score = 9000", "season_points_differ"),
    ],
)
def test_the_doctor_finds_a_table_that_differs(db: Session, ground: Ground, change: str, found: str) -> None:
    a_season(db, ground.live)
    ground.score(0, 10_000)
    db.execute(text(change))
    db.expire_all()
    assert found in {finding.check for finding in check(db)}
