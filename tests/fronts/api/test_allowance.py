"""How often a key may ask: never more than its allowance in a minute, over all processes, with or without Redis."""

from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from scrm.fronts.api.allowance import Allowances
from scrm.fronts.api.front import Gate

from .conftest import Shop, Till

LIMIT = 120


class Clock:
    """Seconds since 1970, moved by hand; begins at the full minute."""

    def __init__(self) -> None:
        self.at = 60_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def processes(redis: "Redis", clock: Clock, count: int, limit: int = LIMIT) -> list[Allowances]:
    return [Allowances(redis, limit=limit, name="test", clock=clock) for _ in range(count)]


def granted(allowances: Allowances, times: int) -> int:
    return sum(allowances.take("key").allowed for _ in range(times))


def test_one_process_grants_exactly_the_allowance(redis: "Redis", clock: Clock) -> None:
    (process,) = processes(redis, clock, 1)
    assert granted(process, LIMIT + 50) == LIMIT


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40)), min_size=1, max_size=30))
def test_all_processes_together_never_grant_more(redis: "Redis", turns: list[tuple[int, int]]) -> None:
    redis.flushall()
    clock = Clock()
    several = processes(redis, clock, 3)
    total = sum(granted(several[number], times) for number, times in turns)
    asked = sum(times for _, times in turns)
    assert total <= min(LIMIT, asked)
    # What is left unused elsewhere when one is refused is a few last portions.
    assert total >= min(LIMIT - 3 * LIMIT // 20, asked)


def test_threads_do_not_share_a_request(redis: "Redis", clock: Clock) -> None:
    (process,) = processes(redis, clock, 1)
    grants: list[int] = []
    threads = [Thread(target=lambda: grants.append(granted(process, 40))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(grants) == LIMIT


def test_redis_is_asked_once_for_many(redis: "Redis", clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    (process,) = processes(redis, clock, 1, limit=6000)
    pipeline = redis.pipeline
    monkeypatch.setattr(redis, "pipeline", lambda **how: asked.append(1) or pipeline(**how))
    granted(process, 3000)
    assert len(asked) == 10
    granted(process, 4000)
    before = len(asked)
    granted(process, 1000)
    assert len(asked) == before  # A refusal costs no round trip.


def test_the_next_minute_begins_anew(redis: "Redis", clock: Clock) -> None:
    (process,) = processes(redis, clock, 1)
    granted(process, LIMIT)
    clock.at += 45
    refusal = process.take("key")
    assert (refusal.allowed, refusal.limit, refusal.remaining, refusal.reset) == (False, LIMIT, 0, 15)
    clock.at += 15
    fresh = process.take("key")
    assert (fresh.allowed, fresh.remaining, fresh.reset) == (True, LIMIT - 1, 60)


def test_callers_do_not_use_up_each_others(redis: "Redis", clock: Clock) -> None:
    (process,) = processes(redis, clock, 1)
    granted(process, LIMIT)
    assert process.take("another").allowed


def test_what_remains_is_counted_down_and_knows_of_other_processes(redis: "Redis", clock: Clock) -> None:
    one, other = processes(redis, clock, 2)
    assert [one.take("key").remaining for _ in range(3)] == [LIMIT - 1, LIMIT - 2, LIMIT - 3]
    assert other.take("key").remaining < LIMIT - 3


def test_without_redis_each_process_counts_alone(clock: Clock) -> None:
    nowhere: Redis = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    (process,) = processes(nowhere, clock, 1)
    assert granted(process, LIMIT + 50) == LIMIT


def test_an_emptied_redis_costs_nobody_their_allowance(redis: "Redis", clock: Clock) -> None:
    (process,) = processes(redis, clock, 1)
    granted(process, 50)
    redis.flushall()
    assert granted(process, LIMIT) >= LIMIT - 50


def test_the_headers_say_it(till: Till, shop: Shop, redis: "Redis", clock: Clock, app: object) -> None:
    small = Allowances(redis, limit=3, name="small", clock=clock)
    keys = app.extensions["keyring"]  # type: ignore[attr-defined]
    usual = app.extensions["gate"]  # type: ignore[attr-defined]
    app.extensions["gate"] = Gate(keys, small, small)  # type: ignore[attr-defined]
    try:
        first, _, last, refused = [till.get("/me") for _ in range(4)]
    finally:
        app.extensions["gate"] = usual  # type: ignore[attr-defined]
    assert [first.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == [
        "3",
        "2",
        "60",
    ]
    assert last.headers["RateLimit-Remaining"] == "0"
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "60"
    assert refused.json["reasons"] == {"retry_after": 60}
