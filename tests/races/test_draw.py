"""The last units of a prize, played for by many at once on connections of their own; and the twin without its guard."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

import campaigns
from campaigns.draw.batch import Ask, Batch, Played
from center_core.kit import Database
from tests import make
from tests.make import campaign as making

PLAYERS = 8
STOCK = 3
DOOR = "perform pg_advisory_xact_lock(hashtextextended(campaign::text, 7001));"
# Between reading the stock and writing it, so that the race happens each time and not once in a while.
READ = "  with asked as materialized ("
UNTAKEN = " and play_id is null"
SECOND_GUARDS = (
    "alter table prize_stock drop constraint prize_stock_left_over_check",
    "drop index play_member_id_campaign_id_n_idx",
)


def stage(database: Database) -> tuple[campaigns.Live, list[UUID]]:
    with database.transaction() as db:
        live = making.live(
            db,
            prizes=[making.prize(1, "points", points=5, stock=STOCK, odds_ppm=1_000_000), making.fallback()],
            limits={"plays": 1, "free": 1},
        )
        return live, [make.member(db).member_id for _ in range(PLAYERS)]


def play_at_once(database: Database, live: campaigns.Live, asks: list[tuple[UUID, str]]) -> Counter[str]:
    """Each in a process of its own, as far as PostgreSQL can tell."""
    start = Barrier(len(asks))

    def play(ask: tuple[UUID, str]) -> str:
        with psycopg.connect(database.dsn, autocommit=True) as connection:
            start.wait(20)
            try:
                (answer,) = Batch([Ask(*ask, make.NOW)]).decide(connection, live)
            except psycopg.Error as error:
                return type(error).__name__
        if isinstance(answer, Played):
            return "replayed" if answer.replayed else f"prize {answer.prize_no}"
        return getattr(answer, "key", "not entered")

    with ThreadPoolExecutor(len(asks)) as pool:
        return Counter(pool.map(play, asks))


def remove_guards(database: Database, *, second_too: bool) -> None:
    """Take the single writer away; then also what stands behind it."""
    with database.transaction() as db:
        source = db.scalar(text("select pg_get_functiondef('draw_batch'::regproc)"))
        assert DOOR in source
        assert READ in source
        source = source.replace(DOOR, "").replace(READ, "  perform pg_sleep(0.5);\n" + READ)
        if second_too:
            assert UNTAKEN in source
            source = source.replace(UNTAKEN, "")
            for guard in SECOND_GUARDS:
                db.execute(text(guard))
        db.connection().exec_driver_sql(source)


def won(database: Database) -> int:
    with database.transaction() as db:
        return db.scalar(text("select count(*) from play where prize_no = 1")) or 0


def test_the_last_units_go_to_as_many_as_there_are(database: Database) -> None:
    live, who = stage(database)
    told = play_at_once(database, live, [(member_id, "one-play") for member_id in who])
    assert told == {"prize 1": STOCK, "prize 9": PLAYERS - STOCK}
    with database.transaction() as db:
        assert list(campaigns.check(db)) == []


def test_without_any_guard_the_prize_is_oversold(database: Database) -> None:
    live, who = stage(database)
    remove_guards(database, second_too=True)
    told = play_at_once(database, live, [(member_id, "one-play") for member_id in who])
    assert told["prize 1"] > STOCK
    with database.transaction() as db:
        assert "prize_oversold" in {finding.check for finding in campaigns.check(db)}


def test_without_the_single_writer_the_second_guards_hold(database: Database) -> None:
    live, who = stage(database)
    remove_guards(database, second_too=False)
    told = play_at_once(database, live, [(member_id, "one-play") for member_id in who])
    assert told["RaiseException"] + told["CheckViolation"] > 0
    assert won(database) <= STOCK


@pytest.mark.parametrize("same_key", [True, False], ids=["the same play twice", "two plays for one chance"])
def test_one_member_at_once(database: Database, same_key: bool) -> None:
    live, who = stage(database)
    asks = [(who[0], "same-key" if same_key else f"key-{number:05d}") for number in range(4)]
    told = play_at_once(database, live, asks)
    assert told == {"prize 1": 1, ("replayed" if same_key else "play_limit"): 3}


def test_without_any_guard_one_chance_is_played_twice(database: Database) -> None:
    live, who = stage(database)
    remove_guards(database, second_too=True)
    told = play_at_once(database, live, [(who[0], f"key-{number:05d}") for number in range(4)])
    assert told["prize 1"] > 1
