"""Ghost races: the same seed beside a recording; for the honour, and nothing else."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

import campaigns
import games
from campaigns.friends import links_of
from campaigns.ghost import GHOSTS_PER_DAY, beats, is_copy
from campaigns.models import GameRound, Participation
from center_core.kit import Fault, Outbox, Session
from tests import make
from tests.make import campaign as making

SPRINT = games.game("sprint")
RACE_TIME = timedelta(seconds=40)


def run(
    db: Session, live: campaigns.Live, who: Any, inputs: bytes, key: str, **terms: Any
) -> campaigns.RoundResult:
    it = campaigns.start_round(db, live, member_id=who, key=key, now=make.NOW, **terms)
    return campaigns.finish_round(
        db, live, member_id=who, round_id=it.id, inputs=inputs, now=make.NOW + RACE_TIME
    )


@pytest.fixture
def race(db: Session, runs: Any) -> Any:
    """A campaign in which somebody has made 11 s, and a friend who may race them."""

    class There:
        live = making.live(db, **making.challenge(rounds_per_day=2))
        champion = make.member(db, name="王小雪").member_id
        friend = make.member(db).member_id

        def __init__(self) -> None:
            runs(11_000)
            self.code = run(db, self.live, self.champion, taps(1), "first-round").code

        def against(self, inputs: bytes, key: str = "ghost-race") -> campaigns.RoundResult:
            return run(db, self.live, self.friend, inputs, key, against=self.code)

    return There()


def taps(luck: int, *, count: int = 40, like: bytes | None = None, scatter: int = 0, shift: int = 0) -> bytes:
    """A recording of alternating feet: its own, or another's moved by ``shift`` and scattered by up to ``scatter``."""
    chance = Random(luck)
    if like is None:
        ticks = [100 + 20 * n + chance.randint(-3, 3) for n in range(count)]
    else:
        log = games.decode(like, SPRINT.actions or {}, max_ticks=3600, max_bytes=4096)
        ticks = [event.tick + shift + chance.randint(-scatter, scatter) for event in log.events]
    events = tuple(games.Event(tick, ("left", "right")[n % 2]) for n, tick in enumerate(sorted(ticks)))
    return games.encode(games.Log(events[-1].tick + 5, events), SPRINT.actions or {})


def test_a_race_has_the_seed_and_settings_of_its_ghost(db: Session, race: Any) -> None:
    first = db.scalars(select(GameRound)).one()
    it = campaigns.start_round(
        db, race.live, member_id=race.friend, key="ghost-race", now=make.NOW, against=race.code
    )
    assert (it.seed, it.version, it.against) == (first.seed, first.version, race.code)
    assert it.member_id != first.member_id


@pytest.mark.parametrize(
    ("mine", "beaten"), [(10_999, True), (11_000, False), (11_001, False)], ids=["won", "drawn", "lost"]
)
def test_a_race_says_who_won_and_earns_nothing(
    db: Session, race: Any, runs: Any, mine: int, beaten: bool
) -> None:
    runs(mine)
    result = race.against(taps(2))
    assert result.race == campaigns.Race(race.code, "王小雪", 11_000, beaten)
    assert (result.is_best, result.chances_granted, result.code, result.boards) == (False, 0, None, ())
    assert db.scalar(select(Participation.best_score).where(Participation.member_id == race.friend)) is None
    assert db.scalar(select(func.count()).select_from(Outbox).where(Outbox.name == "RoundScored")) == 1


def test_a_race_takes_none_of_the_days_rounds(db: Session, race: Any, runs: Any) -> None:
    runs(12_000, 12_000, 12_000)
    race.against(taps(2))
    for key in ("round-1", "round-2"):
        run(db, race.live, race.friend, taps(3), key)
    with pytest.raises(Fault, match="round_day_limit"):
        campaigns.start_round(db, race.live, member_id=race.friend, key="round-3", now=make.NOW)
    campaigns.start_round(
        db, race.live, member_id=race.friend, key="ghost-2", now=make.NOW, against=race.code
    )


def test_races_of_a_day_are_limited(db: Session, race: Any) -> None:
    for n in range(GHOSTS_PER_DAY):
        campaigns.start_round(
            db, race.live, member_id=race.friend, key=f"ghost-{n}", now=make.NOW, against=race.code
        )
    with pytest.raises(Fault, match="round_day_limit"):
        campaigns.start_round(
            db, race.live, member_id=race.friend, key="one-more", now=make.NOW, against=race.code
        )


def test_the_ghosts_own_recording_is_refused_for_good(db: Session, race: Any, runs: Any) -> None:
    runs(11_000, 11_000)
    for expected in ("round_copied", "round_over"):
        it = campaigns.start_round(
            db, race.live, member_id=race.friend, key="ghost-race", now=make.NOW, against=race.code
        )
        with pytest.raises(Fault, match=expected) as refused:
            campaigns.finish_round(
                db,
                race.live,
                member_id=race.friend,
                round_id=it.id,
                inputs=taps(1),
                now=make.NOW + RACE_TIME,
            )
        assert refused.value.keep is (expected == "round_copied")
    assert (it.state, it.reason, it.beaten) == ("refused", "round_copied", None)


@pytest.mark.parametrize(
    ("terms", "copied"),
    [
        ({"luck": 1}, True),
        ({"luck": 5, "like": taps(1), "shift": 2}, True),
        ({"luck": 5, "like": taps(1), "shift": -3}, True),
        ({"luck": 5, "like": taps(1), "scatter": 1}, True),
        ({"luck": 5, "like": taps(1), "scatter": 3}, False),
        ({"luck": 2}, False),
        ({"luck": 3}, False),
    ],
    ids=["same", "later", "sooner", "jittered", "another hand", "somebody else", "a third"],
)
def test_what_counts_as_a_copy(terms: dict[str, Any], copied: bool) -> None:
    assert is_copy("sprint", taps(**terms), taps(1)) is copied


def test_honest_experts_on_one_track_are_no_copies() -> None:
    """Both aim at the same beats and scatter by an expert's one tick: two hundred pairs, none of them accused."""
    chance = Random(7)
    beats_of_track = [100 + 18 * n for n in range(48)]

    def expert() -> bytes:
        ticks = sorted(round(beat + chance.gauss(0, 1)) for beat in beats_of_track)
        events = tuple(games.Event(tick, ("left", "right")[n % 2]) for n, tick in enumerate(ticks))
        return games.encode(games.Log(ticks[-1] + 5, events), SPRINT.actions or {})

    assert sum(is_copy("sprint", expert(), expert()) for _ in range(200)) == 0


def jump(*ticks: int) -> bytes:
    """A recording of one ski jump: off the gate, the spring, into the lean, the telemark."""
    actions = ("hold", "release", "hold", "release")
    events = tuple(games.Event(tick, action) for tick, action in zip(ticks, actions, strict=False))
    return games.encode(games.Log(900, events), games.game("ski-jump").actions or {})


@pytest.mark.parametrize(
    ("mine", "copied"),
    [
        ((130, 401, 415, 600), True),
        ((132, 403, 417, 602), True),
        ((131, 402, 416, 618), True),
        ((130, 404, 415, 600), True),
        ((130, 401, 420, 618), False),
        ((190, 461, 470, 655), False),
        ((131, 400, 417, 601), False),
    ],
    ids=[
        "same",
        "later",
        "a better landing",
        "a better spring",
        "own hands in the air",
        "somebody else",
        "jittered",
    ],
)
def test_of_a_handful_of_inputs_all_but_one_are_alike_in_a_copy(mine: tuple[int, ...], copied: bool) -> None:
    assert is_copy("ski-jump", jump(*mine), jump(130, 401, 415, 600)) is copied


@pytest.mark.parametrize(
    ("mine", "copied"), [((130, 401, 415), True), ((131, 402, 416), False), ((130, 401), False)]
)
def test_three_inputs_can_be_alike_by_chance(mine: tuple[int, ...], copied: bool) -> None:
    """Unless they are the very same."""
    assert is_copy("ski-jump", jump(*mine), jump(130, 401, 415)) is copied


def test_honest_experts_in_a_short_race_are_no_copies() -> None:
    """Eighteen steps of a hundred metres, each within an expert's one tick of the same beat."""
    chance = Random(11)
    beats_of_track = [100 + 18 * n for n in range(18)]

    def expert() -> bytes:
        ticks = sorted(round(beat + chance.gauss(0, 1)) for beat in beats_of_track)
        events = tuple(games.Event(tick, ("left", "right")[n % 2]) for n, tick in enumerate(ticks))
        return games.encode(games.Log(ticks[-1] + 5, events), SPRINT.actions or {})

    assert sum(is_copy("sprint", expert(), expert()) for _ in range(500)) == 0


def test_two_who_did_nothing_have_not_copied_each_other() -> None:
    nothing = games.encode(games.Log(3000, ()), SPRINT.actions or {})
    assert not is_copy("sprint", nothing, nothing)


@pytest.mark.parametrize("code", ["", "NOSUCHCODE22", "x" * 500, "\x00", "../../etc"])
def test_no_race_against_nothing(db: Session, race: Any, code: str) -> None:
    with pytest.raises(Fault, match="recording_unknown"):
        campaigns.start_round(
            db, race.live, member_id=race.friend, key="ghost-race", now=make.NOW, against=code
        )


def test_no_race_against_another_campaigns_round(db: Session, race: Any) -> None:
    other = making.live(db, **making.challenge())
    with pytest.raises(Fault, match="recording_unknown"):
        campaigns.start_round(
            db, other, member_id=race.friend, key="ghost-race", now=make.NOW, against=race.code
        )


def test_no_race_by_rules_that_are_gone(db: Session, race: Any) -> None:
    db.scalars(select(GameRound)).one().rules_version = "earlier"
    assert not campaigns.recording(db, race.live, code=race.code).playable
    with pytest.raises(Fault, match="ghost_rules_changed"):
        campaigns.start_round(
            db, race.live, member_id=race.friend, key="ghost-race", now=make.NOW, against=race.code
        )


def test_a_flagged_race_beats_nobody(db: Session, race: Any, runs: Any) -> None:
    runs(9_000, flags=("inhuman_regularity",))
    assert race.against(taps(2)).race.beaten is False


def test_a_flagged_round_has_no_public_code(db: Session, runs: Any) -> None:
    live, who = making.live(db, **making.challenge()), make.member(db).member_id
    runs(9_000, flags=("inhuman_regularity",))
    assert run(db, live, who, taps(1), "one-round").code is None


@pytest.mark.parametrize(
    ("game", "mine", "theirs", "won"),
    [
        ("sprint", (10, 0), (11, 0), True),
        ("sprint", (11, 0), (10, 9), False),
        ("sprint", (10, 5), (10, 4), True),
        ("sprint", (10, 4), (10, 4), False),
    ],
)
def test_who_beats_whom(game: str, mine: tuple[int, int], theirs: tuple[int, int], won: bool) -> None:
    assert beats(game, mine, theirs) is won


def test_friends_find_each_other_and_what_came_of_it(db: Session, race: Any, runs: Any) -> None:
    live = race.live
    for _ in range(2):
        campaigns.take_up(db, live, member_id=race.friend, challenger_id=race.champion, now=make.NOW)
    runs(12_000, 10_500, 10_400, 11_500)
    for n in range(3):
        race.against(taps(2 + n), f"ghost-{n}")
    assert campaigns.taken_up(db, live, member_id=race.champion) == campaigns.TakenUp(1, 0, 3, 1)
    assert campaigns.taken_up(db, live, member_id=race.friend) == campaigns.TakenUp(0, 0, 0, 0)
    run(db, live, race.friend, taps(9), "own-round")
    for who in (race.champion, race.friend):
        board = campaigns.friends_board(db, live, who)
        assert [(place.rank, place.member_id, place.score) for place in board] == [
            (1, race.champion, 11_000), (2, race.friend, 11_500),
        ]  # fmt: skip
    assert links_of(db, live.id) == campaigns.TakenUp(1, 0, 3, 1)


def test_who_came_by_ones_own_link_is_nobody(db: Session, race: Any) -> None:
    campaigns.take_up(db, race.live, member_id=race.champion, challenger_id=race.champion, now=make.NOW)
    assert links_of(db, race.live.id).friends == 0


def test_races_of_strangers_count_for_no_link(db: Session, race: Any, runs: Any) -> None:
    runs(10_000)
    assert race.against(taps(2)).race.beaten
    assert campaigns.taken_up(db, race.live, member_id=race.champion) == campaigns.TakenUp(0, 0, 0, 0)


def test_a_member_plays_for_the_store_and_guide_of_their_first_round(db: Session, runs: Any) -> None:
    live, store = making.live(db, **making.challenge()), make.store(db)
    guide = make.guide(db, store=store)
    who = make.member(db, store=store, guide=guide).member_id
    runs(12_000)
    result = run(db, live, who, taps(1), "one-round")
    assert [board.kind for board in result.boards] == ["campaign", "day", "store", "team"]
    assert campaigns.home_of(db, live, who) == campaigns.Home(store.id, guide.id)
