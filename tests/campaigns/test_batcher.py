"""Group commit: batches, folding, shedding, retries, and a campaign that changes while people play."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select

import campaigns
from campaigns.draw.batch import Batch
from campaigns.draw.batcher import Waiting, _tell_all
from campaigns.models import Play
from center_core.kit import Database, Fault
from tests import make
from tests.make import campaign as making

ALWAYS = 1_000_000
T = TypeVar("T")


class Stage:
    """A process that plays: a running campaign, its members, caches and batcher."""

    def __init__(self, database: Database, **parts: Any) -> None:
        self.database = database
        with database.transaction() as db:
            self.live = making.live(db, **parts)
            self.members = [make.member(db).member_id for _ in range(20)]
        self.lives = campaigns.Lives(database)
        self.batcher = campaigns.Batcher(database, self.lives)

    def play(self, member_id: UUID, key: str, now: datetime = make.NOW) -> str:
        try:
            played = campaigns.play(
                self.database,
                self.batcher,
                self.lives.by_slug(self.live.slug),
                member_id=member_id,
                key=key,
                now=now,
            )
        except Fault as fault:
            return fault.key
        return "replayed" if played.replayed else f"prize {played.prize_no}"

    def plays(self) -> int:
        with self.database.transaction() as db:
            return db.scalar(select(func.count()).select_from(Play)) or 0


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    found = Stage(database)
    yield found
    found.batcher.close()


class Gate:
    """Holds batches back until it is opened, so that a test can let others arrive meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered, self.opened, self.sizes = Event(), Event(), []
        decide = Batch.decide

        def held(batch: Batch, *args: Any) -> Any:
            self.sizes.append(len(batch.asks))
            self.entered.set()
            assert self.opened.wait(20)
            return decide(batch, *args)

        monkeypatch.setattr(Batch, "decide", held)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """On a loop of its own, in a thread of its own: the browser of other tests has one in this."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result(60)


def wait_until(batcher: campaigns.Batcher, campaign_id: UUID, waiting: int) -> None:
    for _ in range(2000):
        if len(batcher._queues[campaign_id].waiting) >= waiting:
            return
        Event().wait(0.005)
    raise AssertionError("they never came")


def test_what_arrives_during_a_commit_is_the_next_batch(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(stage.play, stage.members[0], "first-play")
        gate.entered.wait(20)
        rest = [pool.submit(stage.play, member_id, "next-play") for member_id in stage.members[1:]]
        wait_until(stage.batcher, stage.live.id, 19)
        gate.opened.set()
        assert {future.result().split(" ")[0] for future in (first, *rest)} == {"prize"}
    assert gate.sizes == [1, 19]


def test_the_same_key_twice_in_one_batch_is_one_play(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(monkeypatch)
    who = stage.members[1]
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(stage.play, stage.members[0], "first-play")
        gate.entered.wait(20)
        twice = [pool.submit(stage.play, who, "same-key") for _ in range(3)]
        wait_until(stage.batcher, stage.live.id, 3)
        gate.opened.set()
        told = Counter(future.result().split(" ")[0] for future in twice)
        first.result()
    assert told == {"prize": 1, "replayed": 2}
    assert stage.plays() == 2


def test_it_is_bounded_and_sheds(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.batcher = campaigns.Batcher(stage.database, stage.lives, bound=3)
    gate = Gate(monkeypatch)
    with ThreadPoolExecutor(5) as pool:
        inside = [pool.submit(stage.play, stage.members[0], "first-play")]
        gate.entered.wait(20)
        inside += [pool.submit(stage.play, member_id, "next-play") for member_id in stage.members[1:4]]
        wait_until(stage.batcher, stage.live.id, 3)
        assert stage.play(stage.members[4], "one-too-many") == "overloaded"
        gate.opened.set()
        assert all(future.result().startswith("prize") for future in inside)
    assert stage.play(stage.members[4], "one-too-many").startswith("prize")


def test_a_batch_is_told_in_parts_so_that_others_are_heard_meanwhile(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is sent away waits for a part of the loop's round, not for some hundred answers."""
    monkeypatch.setattr("campaigns.draw.batcher.TOLD_AT_ONCE", 2)
    order: list[int | str] = []

    async def tell() -> None:
        loop = asyncio.get_running_loop()
        batch = [Waiting(None, stage.live, loop.create_future(), loop) for _ in range(5)]
        for number, one in enumerate(batch):
            one.answer.add_done_callback(lambda _, number=number: order.append(number))
        # Who comes while the first are told.
        batch[0].answer.add_done_callback(lambda _: loop.call_soon(order.append, "somebody else"))
        _tell_all([(one, campaigns.overloaded()) for one in batch])
        await batch[-1].answer
        await asyncio.sleep(0)

    run(tell())
    assert order == [0, 1, "somebody else", 2, 3, 4]


def test_one_who_waited_too_long_is_told_so_and_hinders_nobody(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.batcher = campaigns.Batcher(stage.database, stage.lives, patience=0.2)
    gate = Gate(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(stage.play, stage.members[0], "first-play")
        gate.entered.wait(20)
        assert stage.play(stage.members[1], "impatient") == "overloaded"
        assert first.result() == "overloaded"
        gate.opened.set()
    stage.batcher._patience = 20
    assert stage.play(stage.members[0], "first-play") == "replayed"
    assert stage.play(stage.members[2], "next-play").startswith("prize")
    assert stage.play(stage.members[1], "impatient").startswith("prize")


def test_on_a_loop_too_nobody_waits_longer_than_they_have_patience(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.batcher = campaigns.Batcher(stage.database, stage.lives, patience=0.2)
    gate = Gate(monkeypatch)

    async def three() -> list[Any]:
        asked = [
            stage.batcher.ask(stage.live, member_id=member_id, key="one-play", now=make.NOW)
            for member_id in stage.members[:3]
        ]
        try:
            return await asyncio.gather(*asked, return_exceptions=True)
        finally:
            gate.opened.set()

    assert [fault.key for fault in run(three())] == ["overloaded"] * 3
    stage.batcher._patience = 20
    # The first was in hand and is decided all the same; the others are not.
    assert stage.play(stage.members[0], "one-play") == "replayed"
    assert stage.play(stage.members[1], "one-play").startswith("prize")


@pytest.mark.parametrize("lost", ["before", "after"], ids=["before the commit", "after the commit"])
def test_a_batch_whose_connection_breaks_is_decided_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    decide, calls = Batch.decide, []

    def breaking(batch: Batch, connection: Any, live: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            if lost == "after":
                decide(batch, connection, live)
            raise psycopg.OperationalError("the connection broke")
        return decide(batch, connection, live)

    monkeypatch.setattr(Batch, "decide", breaking)
    expected = "replayed" if lost == "after" else "prize 1"
    assert stage.play(stage.members[0], "one-play").replace("prize 9", "prize 1") == expected
    assert stage.plays() == 1


def test_when_postgresql_stays_away_nobody_hangs(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> Any:
        raise psycopg.OperationalError("nobody there")

    monkeypatch.setattr(Batch, "decide", away)
    assert stage.play(stage.members[0], "one-play") == "unavailable"
    monkeypatch.undo()
    assert stage.play(stage.members[0], "one-play").startswith("prize")


def test_a_failure_of_our_own_answers_everybody(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(Batch, "decide", broken)
    assert stage.play(stage.members[0], "one-play") == "unavailable"
    monkeypatch.undo()
    assert stage.play(stage.members[0], "one-play").startswith("prize")


def test_a_failure_while_telling_stops_nobody_after_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.batcher = campaigns.Batcher(stage.database, stage.lives, patience=0.2)

    def broken(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("campaigns.draw.batcher._tell_all", broken)
    assert stage.play(stage.members[0], "one-play") == "overloaded"
    monkeypatch.undo()
    stage.batcher._patience = 20
    assert stage.play(stage.members[0], "one-play") == "replayed"


def test_a_pause_takes_effect_although_the_cache_is_old(stage: Stage) -> None:
    stage.lives = campaigns.Lives(stage.database, recheck=3600)
    stage.batcher = campaigns.Batcher(stage.database, stage.lives)
    assert stage.play(stage.members[0], "before-pause").startswith("prize")
    with stage.database.transaction() as db:
        campaigns.pause(db, campaign_id=stage.live.id, now=make.NOW)
    assert stage.play(stage.members[0], "during-pause") == "campaign_paused"
    with stage.database.transaction() as db:
        campaigns.resume(db, campaign_id=stage.live.id, now=make.NOW)
    assert stage.lives.read_again(stage.live.id).state == "running"
    assert stage.play(stage.members[0], "during-pause").startswith("prize")


@pytest.mark.parametrize("recheck", [0, 3600], ids=["known", "not known yet"])
def test_what_was_decided_is_told_again_during_a_pause(stage: Stage, recheck: float) -> None:
    stage.lives = campaigns.Lives(stage.database, recheck=recheck)
    stage.batcher = campaigns.Batcher(stage.database, stage.lives)
    assert stage.play(stage.members[0], "answer-lost").startswith("prize")
    with stage.database.transaction() as db:
        campaigns.pause(db, campaign_id=stage.live.id, now=make.NOW)
    assert stage.play(stage.members[0], "answer-lost") == "replayed"
    assert stage.play(stage.members[0], "another-play") == "campaign_paused"
    assert stage.play(stage.members[1], "answer-lost") == "campaign_paused"


def test_what_was_decided_is_told_again_after_the_end_as_it_was(stage: Stage) -> None:
    who = {"member_id": stage.members[0], "key": "answer-lost"}
    first = campaigns.play(stage.database, stage.batcher, stage.live, now=make.NOW, **who)
    at_the_end = stage.live.definition.period.ends_at
    again = campaigns.play(stage.database, stage.batcher, stage.live, now=at_the_end, **who)
    # The free chances are those of that day.
    assert again == first._replace(replayed=True, chances=100)
    assert stage.play(stage.members[0], "another-play", at_the_end) == "campaign_over"
    assert stage.plays() == 1


def test_a_new_version_is_drawn_by_at_once(stage: Stage) -> None:
    stage.lives = campaigns.Lives(stage.database, recheck=3600)
    stage.batcher = campaigns.Batcher(stage.database, stage.lives)
    stage.play(stage.members[0], "first-version")
    prizes = [making.prize(1, "points", points=20, odds_ppm=ALWAYS), making.fallback()]
    with stage.database.transaction() as db:
        making.edited(db, stage.live.id, {"prizes": prizes})
        campaigns.publish(db, campaign_id=stage.live.id, staff_id=None, now=make.NOW)
    assert stage.play(stage.members[0], "second-version") == "prize 1"


PHASES = [
    ("before the start", timedelta(days=-2), "campaign_not_started"),
    ("at the end", timedelta(days=13), "campaign_over"),
    ("within", timedelta(0), None),
]


@pytest.mark.parametrize(("shift", "key"), [one[1:] for one in PHASES], ids=[one[0] for one in PHASES])
def test_a_play_outside_the_period(stage: Stage, shift: timedelta, key: str | None) -> None:
    told = stage.play(stage.members[0], "one-play", make.NOW + shift)
    assert told == key if key else told.startswith("prize")
    assert stage.plays() == (0 if key else 1)


NOT_KEYS = ["", "short", "x" * 65, "with space", 'quote"quote', "{brace}", "final:draw", "雪雪雪雪雪雪雪雪"]


@pytest.mark.parametrize("key", NOT_KEYS)
def test_a_key_that_is_none(stage: Stage, key: str) -> None:
    assert stage.play(stage.members[0], key) == "idempotency_key_bad"


def test_a_campaign_that_is_not_for_this_member(database: Database) -> None:
    stage = Stage(database, entry={"tags": ["skier"]})
    assert stage.play(stage.members[0], "one-play") == "entry_refused"
    assert stage.plays() == 0


def test_entering_happens_by_itself_at_the_first_play(database: Database) -> None:
    stage = Stage(database, entry={"new_members": True})
    assert stage.play(stage.members[0], "one-play").startswith("prize")


def test_many_threads_many_campaigns_and_two_processes(stage: Stage) -> None:
    with stage.database.transaction() as db:
        other = making.live(
            db, prizes=[making.prize(1, "points", points=1, stock=50, odds_ppm=ALWAYS), making.fallback()]
        )
    second = campaigns.Lives(stage.database)
    batchers = [(stage.lives, stage.batcher), (second, campaigns.Batcher(stage.database, second))]
    told: Counter[str] = Counter()

    def play_on(number: int) -> None:
        lives, batcher = batchers[number % 2]
        live = lives.by_slug((stage.live if number % 3 else other).slug)
        for turn in range(12):
            played = campaigns.play(
                stage.database,
                batcher,
                live,
                member_id=stage.members[number],
                key=f"turn-{turn:04d}",
                now=make.NOW,
            )
            told[f"{live.slug == other.slug} {played.prize_no}"] += 1

    threads = [Thread(target=play_on, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(told.values()) == 240
    assert told["True 1"] == 50
    with stage.database.transaction() as db:
        assert list(campaigns.check(db)) == []
