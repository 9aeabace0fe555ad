"""Live duels: one seed for two, progress relayed, and a verdict that only the server makes."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

import campaigns
import games
from campaigns import duel
from campaigns.duel import Batch, meeting
from campaigns.duel.models import Duel, DuelBatch, DuelSide
from campaigns.models import GameRound, Participation
from center_core.kit import Database, Fault, Outbox, Session
from tests import make
from tests.make import campaign as making
from tests.races.at_once import at_once, overtaking

from .test_ghost import SPRINT, taps

SECOND = timedelta(seconds=1)
START = make.NOW + 4 * SECOND
DONE = START + 20 * SECOND


class Pair:
    """Two members who sit in one duel, both ready."""

    def __init__(self, db: Session, *, begun: bool = True) -> None:
        self.db = db
        self.live = making.live(db, **making.challenge())
        self.ann, self.bob, self.eve = (
            make.member(db, name=name).member_id for name in ("安安", "波波", "叶")
        )
        self.duel_id = duel.invite(db, self.live, member_id=self.ann, now=make.NOW).id
        duel.accept(db, self.live, duel_id=self.duel_id, member_id=self.bob, now=make.NOW)
        if begun:
            self.ready(self.ann)
            self.ready(self.bob)

    def ready(self, who: UUID) -> UUID | None:
        return duel.ready(self.db, duel_id=self.duel_id, member_id=who, now=make.NOW)

    def look(self, who: UUID, at: Any = DONE) -> duel.Look:
        return duel.look(self.db, duel_id=self.duel_id, member_id=who, now=at)

    def finish(self, who: UUID, inputs: bytes, at: Any = DONE) -> campaigns.RoundResult:
        round_id = self.look(who, START).round_id
        assert round_id
        return campaigns.finish_round(
            self.db, self.live, member_id=who, round_id=round_id, inputs=inputs, now=at
        )

    def plays(self, who: UUID, inputs: bytes, *, late: timedelta = timedelta()) -> None:
        """Send what is played while it is played, as phones do; over a line that takes that long."""
        log = games.decode(inputs, SPRINT.actions or {}, max_ticks=3600, max_bytes=4096)
        for seq, tick in enumerate(range(12, log.ticks + 12, 12), 1):
            events = [[one.tick, one.action] for one in log.events if tick - 12 <= one.tick < tick]
            self.send(who, Batch(seq, tick, events), START + tick * SECOND / 60 + late)

    def send(self, who: UUID, batch: Batch, at: Any = START) -> int:
        return duel.relay(self.db, duel_id=self.duel_id, member_id=who, batch=batch, now=at)[0]

    def outcomes(self, at: Any = DONE) -> tuple[str | None, str | None]:
        return self.look(self.ann, at).outcome, self.look(self.bob, at).outcome


@pytest.fixture
def pair(db: Session) -> Pair:
    return Pair(db)


def refused(call: Any, *arguments: Any, **terms: Any) -> str:
    with pytest.raises(Fault) as fault:
        call(*arguments, **terms)
    return fault.value.key


def test_both_get_the_same_seed_once_both_are_ready(db: Session) -> None:
    pair = Pair(db, begun=False)
    assert pair.ready(pair.ann) == pair.bob
    assert (pair.look(pair.ann).state, pair.look(pair.ann).seed) == ("waiting", None)
    pair.ready(pair.bob)
    ann, bob = pair.look(pair.ann, make.NOW), pair.look(pair.bob, make.NOW)
    assert ann.seed == bob.seed is not None
    assert ann.starts_in == bob.starts_in == 4 * SECOND
    assert ann.round_id != bob.round_id
    assert ann.theirs
    assert (ann.mine.name, ann.theirs.name) == ("安安", "波波")
    pair.ready(pair.bob)
    assert pair.look(pair.bob, make.NOW).seed == bob.seed, "ready again is no second start"


@pytest.mark.parametrize(
    ("ann", "bob", "outcome"),
    [
        (10_000, 11_000, ("won", "lost")),
        (11_000, 10_000, ("lost", "won")),
        (10_000, 10_000, ("drawn", "drawn")),
    ],
)
def test_the_better_score_wins(pair: Pair, runs: Any, ann: int, bob: int, outcome: tuple[str, str]) -> None:
    runs(ann, bob)
    assert pair.finish(pair.ann, taps(1)).duel_id == pair.duel_id
    assert pair.outcomes() == (None, None)
    pair.finish(pair.bob, taps(2))
    assert pair.outcomes() == outcome


def test_a_duel_earns_nothing(pair: Pair, runs: Any) -> None:
    runs(9_000, 9_500)
    result = pair.finish(pair.ann, taps(1))
    assert (result.code, result.boards, result.chances_granted, result.is_best) == (None, (), 0, False)
    pair.finish(pair.bob, taps(2))
    assert pair.db.scalars(select(Participation.best_score)).all() == [None, None]
    assert not pair.db.scalar(select(func.count()).select_from(Outbox).where(Outbox.name == "RoundScored"))


def test_who_copies_the_other_has_given_up(pair: Pair, runs: Any) -> None:
    runs(10_000, 9_900)
    pair.plays(pair.ann, taps(1))
    pair.finish(pair.ann, taps(1))
    assert refused(pair.finish, pair.bob, taps(2, like=taps(1), shift=1)) == "round_copied"
    assert pair.outcomes() == ("won", "lost")


def nothing(_pair: Pair, _copy: bytes) -> None: ...


def the_copy(pair: Pair, copy: bytes) -> None:
    """As soon as the other's inputs have come."""
    pair.plays(pair.ann, copy, late=SECOND / 10)


def every_step_in_every_tick(pair: Pair, _copy: bytes) -> None:
    """At the start: among them will be whatever the other one does."""
    for seq, tick in enumerate(range(60, 1080, 60), 1):
        steps = [[at, foot] for at in range(tick - 60, tick) for foot in ("left", "right")]
        pair.send(pair.ann, Batch(seq, tick, steps))


@pytest.mark.parametrize("meanwhile", [nothing, the_copy, every_step_in_every_tick])
@pytest.mark.parametrize("shift", [-3, 0, 1])
def test_who_copies_the_other_and_hands_in_first_does_not_count(
    pair: Pair, runs: Any, shift: int, meanwhile: Any
) -> None:
    runs(9_000, 10_000)
    copy = taps(2, like=taps(1), shift=shift)
    pair.plays(pair.bob, taps(1))
    meanwhile(pair, copy)
    pair.finish(pair.ann, copy, DONE - SECOND)
    pair.finish(pair.bob, taps(1))
    assert pair.outcomes() == ("lost", "won")
    assert gone(pair, pair.ann) == ("uncounted", None)


def test_of_two_alike_that_nobody_saw_arrive_neither_counts(pair: Pair, runs: Any) -> None:
    runs(10_000, 9_000)
    pair.finish(pair.ann, taps(1), DONE - SECOND)
    pair.finish(pair.bob, taps(1))
    assert pair.outcomes() == ("void", "void")
    assert gone(pair, pair.ann) == ("uncounted", "uncounted")


def test_a_machine_does_not_win(pair: Pair, runs: Any) -> None:
    runs(9_000, flags=("inhuman_regularity",))
    pair.finish(pair.ann, taps(1))
    runs(12_000)
    pair.finish(pair.bob, taps(2))
    assert pair.outcomes() == ("lost", "won")


def test_who_hands_in_nothing_in_time_has_lost(pair: Pair, runs: Any) -> None:
    runs(15_000)
    pair.finish(pair.ann, taps(1))
    ends = START + timedelta(seconds=games.game("sprint").max_ticks / 60) + 40 * SECOND
    assert pair.outcomes(ends) == (None, None)
    assert pair.outcomes(ends + SECOND) == ("won", "lost")
    assert refused(pair.finish, pair.bob, taps(2), ends + SECOND) == "round_expired"


def test_a_duel_that_nobody_looks_at_is_settled_by_the_clock(pair: Pair, runs: Any) -> None:
    runs(15_000)
    pair.finish(pair.ann, taps(1))
    pair.send(pair.bob, Batch(1, 12, [[3, "left"]]))
    assert campaigns.tick(pair.db, now=DONE) == 0
    assert campaigns.tick(pair.db, now=START + timedelta(minutes=5)) == 1
    assert pair.db.execute(select(Duel.state, Duel.winner)).one() == ("over", 1)
    assert pair.db.scalar(select(func.count()).select_from(DuelBatch)) == 0
    assert list(campaigns.check(pair.db)) == []
    pair.db.execute(update(DuelSide).values(score=1))
    assert [found.check for found in campaigns.check(pair.db)] == ["duel_won_without_a_round"]


def test_who_leaves_has_lost_once_the_other_is_through(pair: Pair, runs: Any) -> None:
    duel.leave(pair.db, duel_id=pair.duel_id, member_id=pair.bob, now=START)
    assert pair.outcomes() == (None, None)
    runs(15_000)
    pair.finish(pair.ann, taps(1))
    assert pair.outcomes() == ("won", "lost")


def gone(pair: Pair, who: UUID, at: Any = DONE) -> tuple[str | None, str | None]:
    """Why that one cannot win, and why the other one cannot."""
    seen = pair.look(who, at)
    assert seen.theirs
    return seen.mine.gone, seen.theirs.gone


def test_who_could_not_win_is_told_why(pair: Pair, runs: Any) -> None:
    assert gone(pair, pair.ann) == (None, None)
    duel.leave(pair.db, duel_id=pair.duel_id, member_id=pair.bob, now=START)
    assert gone(pair, pair.ann) == (None, "left")
    runs(15_000)
    pair.finish(pair.ann, taps(1))
    assert gone(pair, pair.bob) == ("left", None)


def test_before_the_seed_is_drawn_nobody_is_late(db: Session) -> None:
    pair = Pair(db, begun=False)
    duel.leave(db, duel_id=pair.duel_id, member_id=pair.bob, now=make.NOW)
    assert pair.look(pair.ann).state == "void"
    assert gone(pair, pair.ann) == (None, "left")


def test_who_was_late_is_told_so(pair: Pair, runs: Any) -> None:
    runs(15_000)
    pair.finish(pair.ann, taps(1))
    ends = START + timedelta(seconds=games.game("sprint").max_ticks / 60) + 41 * SECOND
    assert refused(pair.finish, pair.bob, taps(2), ends) == "round_expired"
    assert gone(pair, pair.bob, ends) == ("late", None)


@pytest.mark.parametrize("flags", [(), ("inhuman_regularity",)], ids=["copied", "flagged"])
def test_a_recording_that_does_not_count_is_named_so(pair: Pair, runs: Any, flags: tuple[str, ...]) -> None:
    runs(15_000)
    pair.plays(pair.ann, taps(1))
    pair.finish(pair.ann, taps(1))
    runs(9_000, flags=flags)
    if flags:
        pair.finish(pair.bob, taps(2))
    else:
        refused(pair.finish, pair.bob, taps(2, like=taps(1), shift=1))
    assert gone(pair, pair.ann) == (None, "uncounted")
    assert pair.outcomes() == ("won", "lost")


def test_both_leave(pair: Pair) -> None:
    for who in (pair.ann, pair.bob):
        duel.leave(pair.db, duel_id=pair.duel_id, member_id=who, now=START)
    assert pair.outcomes() == ("void", "void")


def test_a_third_person_with_the_link_neither_sits_down_nor_looks_in(pair: Pair) -> None:
    at = {"duel_id": pair.duel_id, "member_id": pair.eve}
    assert refused(duel.accept, pair.db, pair.live, **at, now=make.NOW) == "duel_full"
    assert refused(duel.look, pair.db, **at, now=make.NOW) == "duel_of_others"
    assert refused(duel.batches, pair.db, **at, after=0) == "duel_of_others"
    assert refused(pair.send, pair.eve, Batch(1, 5, ())) == "duel_of_others"
    assert refused(duel.leave, pair.db, **at, now=make.NOW) == "duel_of_others"


def test_nobody_duels_with_themselves(db: Session) -> None:
    live, who = making.live(db, **making.challenge()), make.member(db).member_id
    opened = duel.invite(db, live, member_id=who, now=make.NOW)
    assert duel.accept(db, live, duel_id=opened.id, member_id=who, now=make.NOW).id == opened.id
    assert db.scalar(select(func.count()).select_from(DuelSide)) == 1
    first = duel.match(db, live, member_id=who, now=make.NOW)
    assert duel.match(db, live, member_id=who, now=make.NOW).id != first.id


def test_an_old_invitation_is_gone(db: Session) -> None:
    live, ann, bob = (
        making.live(db, **making.challenge()),
        make.member(db).member_id,
        make.member(db).member_id,
    )
    opened = duel.invite(db, live, member_id=ann, now=make.NOW)
    late = make.NOW + timedelta(hours=25)
    assert refused(duel.accept, db, live, duel_id=opened.id, member_id=bob, now=late) == "duel_gone"
    assert refused(duel.accept, db, live, duel_id=uuid4(), member_id=bob, now=late) == "duel_unknown"


def test_whoever_comes_meets_whoever_still_waits(db: Session) -> None:
    live = making.live(db, **making.challenge())
    ann, bob, eve = (make.member(db).member_id for _ in range(3))
    gone = duel.match(db, live, member_id=ann, now=make.NOW - timedelta(minutes=1))
    waiting = duel.match(db, live, member_id=bob, now=make.NOW - 25 * SECOND)
    assert waiting.id != gone.id, "the first phone has gone silent"
    duel.still_here(db, waiting.id, make.NOW - SECOND)
    assert duel.match(db, live, member_id=eve, now=make.NOW).id == waiting.id


def test_who_taps_twice_waits_in_one_place(db: Session) -> None:
    live = making.live(db, **making.challenge())
    ann, bob = (make.member(db).member_id for _ in range(2))
    first, second = (duel.match(db, live, member_id=ann, now=make.NOW) for _ in range(2))
    friend = duel.invite(db, live, member_id=ann, now=make.NOW)
    assert (first.state, second.state) == ("void", "waiting")
    assert duel.match(db, live, member_id=bob, now=make.NOW + SECOND).id == second.id
    # Who sits opposite somebody, or waits for a friend, leaves neither by looking for whoever comes.
    duel.match(db, live, member_id=ann, now=make.NOW + 2 * SECOND)
    assert (second.state, friend.state) == ("waiting", "waiting")


def tap_twice(database: Database) -> list[str]:
    """The second tap comes before the first is committed; how it stands with the duels then."""
    with database.transaction() as db:
        live = making.live(db, **making.challenge())
        who = make.member(db).member_id

    def tap(db: Session) -> None:
        duel.match(db, live, member_id=who, now=make.NOW)

    assert overtaking(database, tap, tap) == ("done", "done")
    with database.transaction() as db:
        return sorted(db.scalars(select(Duel.state)))


def test_two_taps_at_once_are_one_after_the_other(database: Database) -> None:
    assert tap_twice(database) == ["void", "waiting"]


def test_two_taps_that_are_not_counted_see_nothing_of_each_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting, "_count", lambda *_: None)
    assert tap_twice(database) == ["waiting", "waiting"]


MINUTE = timedelta(minutes=1)


def test_nobody_waits_for_ever_opposite_an_empty_chair(db: Session) -> None:
    pair = Pair(db, begun=False)
    pair.ready(pair.bob)
    assert pair.look(pair.bob, make.NOW + MINUTE).state == "waiting"
    told = select(func.count()).select_from(Outbox).where(Outbox.name == "DuelChanged")
    before = db.scalar(told) or 0
    assert pair.look(pair.bob, make.NOW + MINUTE + SECOND).state == "void"
    assert gone(pair, pair.bob) == (None, "absent")
    assert gone(pair, pair.ann) == ("absent", None)
    assert db.scalar(told) == before + 1, "both phones look, and once"


def test_who_waits_alone_for_a_friend_may_take_their_time(db: Session) -> None:
    live, who = making.live(db, **making.challenge()), make.member(db).member_id
    opened = duel.invite(db, live, member_id=who, now=make.NOW)
    assert duel.look(db, duel_id=opened.id, member_id=who, now=make.NOW + 60 * MINUTE).state == "waiting"


def test_what_was_sent_is_there_for_whoever_comes_back(pair: Pair) -> None:
    def send(seq: int, tick: int, *events: Any) -> int:
        return pair.send(pair.ann, Batch(seq, tick, events))

    assert send(1, 12, [3, "left"], [9, "right"]) == 1
    assert send(1, 12, [3, "left"], [9, "right"]) == 1, "sent again after a lost answer"
    assert send(3, 36) == 1, "there is a gap: the phone is told what is missing"
    assert send(2, 24) == 2
    back = duel.batches(pair.db, duel_id=pair.duel_id, member_id=pair.bob, after=0)
    assert [(batch.seq, batch.tick, batch.events) for batch in back] == [
        (1, 12, [[3, "left"], [9, "right"]]), (2, 24, []),
    ]  # fmt: skip
    assert duel.batches(pair.db, duel_id=pair.duel_id, member_id=pair.ann, after=0) == []
    assert duel.batches(pair.db, duel_id=pair.duel_id, member_id=pair.ann, after=0, own=True) == back


@pytest.mark.parametrize(
    "event",
    [
        [3, "fly"],
        [3, "left", 1],
        ["3", "left"],
        [12, "left"],
        [-1, "left"],
        [3, ["left"][0] * 2],
        [True, "left"],
    ],
    ids=str,
)
def test_nonsense_is_not_relayed(pair: Pair, event: Any) -> None:
    assert refused(pair.send, pair.ann, Batch(1, 12, [event])) == "duel_batch_junk"


def test_a_rematch_is_one_duel_whoever_asks_first(pair: Pair) -> None:
    again = {"duel_id": pair.duel_id, "now": DONE}
    assert refused(duel.rematch, pair.db, pair.live, **again, member_id=pair.ann) == "duel_running"
    test_both_leave(pair)
    opened = duel.rematch(pair.db, pair.live, **again, member_id=pair.bob)
    assert duel.rematch(pair.db, pair.live, **again, member_id=pair.bob).id == opened.id
    assert pair.look(pair.ann).rematch_id == opened.id
    assert duel.rematch(pair.db, pair.live, **again, member_id=pair.ann).id == opened.id


def test_a_rematch_that_was_called_off_is_followed_by_another(pair: Pair) -> None:
    again = {"duel_id": pair.duel_id, "now": DONE}
    test_both_leave(pair)
    off = duel.rematch(pair.db, pair.live, **again, member_id=pair.ann)
    assert pair.look(pair.bob).rematch_id == off.id
    before = told(pair)
    duel.leave(pair.db, duel_id=off.id, member_id=pair.ann, now=DONE)
    assert told(pair) == before + 1, "Bob, who is still at the former one, looks again"
    assert pair.look(pair.bob).rematch_id is None
    once_more = duel.rematch(pair.db, pair.live, **again, member_id=pair.ann)
    assert (once_more.state, once_more.id != off.id) == ("waiting", True)
    assert pair.look(pair.bob).rematch_id == once_more.id
    assert duel.rematch(pair.db, pair.live, **again, member_id=pair.bob).id == once_more.id


def told(pair: Pair) -> int:
    """How often both of them were told to look at the duel."""
    both = {str(pair.ann), str(pair.bob)}
    events = pair.db.scalars(select(Outbox.body).where(Outbox.name == "DuelChanged"))
    return sum(it["duel_id"] == str(pair.duel_id) and {*it["member_ids"]} == both for it in events)


def test_who_comes_to_a_rematch_that_was_called_off_opens_another(pair: Pair) -> None:
    again = {"duel_id": pair.duel_id, "now": DONE}
    test_both_leave(pair)
    off = duel.rematch(pair.db, pair.live, **again, member_id=pair.ann)
    duel.leave(pair.db, duel_id=off.id, member_id=pair.ann, now=DONE)
    opened = duel.rematch(pair.db, pair.live, **again, member_id=pair.bob)
    assert duel.rematch(pair.db, pair.live, **again, member_id=pair.ann).id == opened.id != off.id


def test_a_rematch_to_which_nobody_came_is_over_after_a_day(pair: Pair) -> None:
    test_both_leave(pair)
    asked = {"duel_id": pair.duel_id, "member_id": pair.ann}
    old = duel.rematch(pair.db, pair.live, **asked, now=DONE)
    later = duel.rematch(pair.db, pair.live, **asked, now=DONE + timedelta(hours=25))
    assert (old.state, later.state) == ("void", "waiting")


def test_a_quiz_is_no_duel(db: Session) -> None:
    live = making.live(db, **making.challenge(game={"slug": "quiz", "config": {}}))
    who = make.member(db).member_id
    assert refused(duel.invite, db, live, member_id=who, now=make.NOW) == "duel_impossible"


def test_a_duels_mark_is_no_code_to_race(pair: Pair, runs: Any) -> None:
    terms = {"member_id": pair.eve, "key": "k" * 20, "now": DONE, "against": duel.marker(pair.duel_id)}
    assert refused(campaigns.start_round, pair.db, pair.live, **terms) == "recording_unknown"


def test_two_results_at_once_make_one_verdict(database: Database, runs: Any) -> None:
    with database.transaction() as db:
        pair = Pair(db)
        rounds = {who: pair.look(who).round_id for who in (pair.ann, pair.bob)}
    runs(10_000, 10_000)

    def finishing(who: UUID, luck: int) -> Any:
        return lambda db: campaigns.finish_round(
            db, pair.live, member_id=who, round_id=rounds[who] or who, inputs=taps(luck), now=DONE
        )

    assert at_once(database, finishing(pair.ann, 1), finishing(pair.bob, 2)) == {"done": 2}
    with database.transaction() as db:
        assert db.scalars(select(Duel.state)).all() == ["over"]
        assert db.scalars(select(GameRound.state)).all() == ["scored", "scored"]


def test_two_who_take_one_seat_at_once(database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db, **making.challenge())
        members = [make.member(db).member_id for _ in range(3)]
        opened = duel.invite(db, live, member_id=members[0], now=make.NOW).id

    def accepting(who: UUID) -> Any:
        return lambda db: duel.accept(db, live, duel_id=opened, member_id=who, now=make.NOW)

    assert at_once(database, *map(accepting, members[1:])) == {"done": 1, "duel_full": 1}
