"""The cost of a play must not grow with the tables, not even on a connection whose plans are as old as the campaign."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

import campaigns
from campaigns.draw.batch import Ask, Batch
from center_core.kit import Database
from tests import make
from tests.make import campaign as making

FILLER = 30_000
PLAYED_BEFORE = 200
TABLES = ["play", "participation", "member", "award", "coupon", "points_posting", "prize_unit"]


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection like the batcher's."""
    with psycopg.connect(database.dsn, autocommit=True) as found:
        yield found


def rows_read(database: Database, connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Rows read one after another, by table, in batches on tables that filled up behind the planner's back."""
    with database.transaction() as db:
        template = make.template(db)
        live = making.live(
            db,
            prizes=[
                making.prize(1, "coupon", template_id=str(template.id), stock=50_000, odds_ppm=400_000),
                making.prize(2, "points", points=5, odds_ppm=400_000),
                making.fallback(),
            ],
        )
        who = [make.member(db).member_id for _ in range(20)]

    def batch(run: int) -> None:
        asks = [Ask(member_id, f"run-{run:06d}", make.NOW + timedelta(seconds=run)) for member_id in who]
        Batch(asks).decide(connection, live)

    # Autovacuum looks in while there is next to nothing: from now on the planner believes that whole tables are tiny.
    connection.execute(f"vacuum analyze {', '.join(TABLES)}")
    # The worst case: the very first plan is the one that is kept.
    connection.execute("alter function draw_batch set plan_cache_mode = 'force_generic_plan'")
    for run in range(8):
        batch(run)
    fill(database, live)
    connection.execute("select pg_stat_force_next_flush()")
    connection.execute("select pg_stat_reset()")
    for run in range(8, 16):
        batch(run)
    connection.execute("select pg_stat_force_next_flush()")
    found = connection.execute(
        "select relname, seq_tup_read from pg_stat_user_tables where relname = any(%s)", (TABLES,)
    ).fetchall()
    assert len(found) == len(TABLES)
    return {str(table): int(str(rows)) for table, rows in found}


def test_plans_made_on_empty_tables_stay_on_the_keys(
    database: Database, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    assert set(rows_read(database, connection).values()) == {0}
    # Eight batches of twenty plays read a few rows for each play, not the thirty thousand beside them.
    fetched = connection.execute(
        "select sum(idx_tup_fetch) from pg_stat_user_tables where relname = any(%s)",
        (["play", "participation", "prize_unit"],),
    ).fetchone()
    assert fetched is not None
    assert int(str(fetched[0])) < 8 * 20 * 40


def test_a_batch_reads_of_plays_and_units_only_its_own(
    database: Database, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    """Nobody has ever looked at these tables for the planner: a campaign's first evening."""
    with database.transaction() as db:
        prizes = [making.prize(1, "points", points=5, stock=1_000, odds_ppm=100_000), making.fallback()]
        live = making.live(db, prizes=prizes, limits={"free": 1_000})
        who = [make.member(db).member_id for _ in range(50)]
        db.execute(PLAYED, {"campaign": live.id, "at": make.NOW, "members": who, "times": PLAYED_BEFORE})
    won = 0
    for run in range(10):
        if run == 2:
            connection.execute("select pg_stat_force_next_flush()")
            connection.execute("select pg_stat_reset()")
        answers = Batch([Ask(member_id, f"run-{run:06d}", make.NOW) for member_id in who]).decide(
            connection, live
        )
        won += sum(isinstance(one, campaigns.Played) and one.prize_no == 1 for one in answers)
    assert won > 0
    connection.execute("select pg_stat_force_next_flush()")
    read = dict(
        connection.execute(
            "select relname, sum(idx_tup_read)::int from pg_stat_user_indexes where relname = any(%s) group by 1",
            (["play", "prize_unit"],),
        ).fetchall()
    )
    assert read["prize_unit"] <= 2 * won
    assert read["play"] <= 8 * len(who)


PLAYED = text(
    "insert into play (member_id, id, campaign_id, idempotency_key, n, day, version, number, drawn_no, prize_no, "
    "played_at) select m, gen_random_uuid(), :campaign, 'before-' || n, 1000 + n, cast(:at as date), 1, 0, 9, 9, :at "
    "from unnest(cast(:members as uuid[])) m, generate_series(1, :times) n"
)


def test_without_the_guard_a_kept_plan_reads_whole_tables(
    database: Database, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    connection.execute("alter function draw_batch reset enable_seqscan")
    read = rows_read(database, connection)
    assert max(read.values()) > FILLER


def fill(database: Database, live: campaigns.Live) -> None:
    """Thirty thousand other members who have played, without anybody telling the planner."""
    values = {"campaign": live.id, "at": make.NOW, "crowd": FILLER}
    with database.transaction() as db:
        db.execute(
            text(
                "insert into participation (member_id, campaign_id, joined_at, plays, day, day_plays) "
                "select md5(n::text)::uuid, :campaign, :at, 1, cast(:at as date), 1 from generate_series(1, :crowd) n"
            ),
            values,
        )
        db.execute(
            text(
                "insert into play (member_id, id, campaign_id, idempotency_key, n, day, version, number, drawn_no, "
                "prize_no, played_at) select md5(n::text)::uuid, md5(n::text)::uuid, :campaign, 'filler', 1, "
                "cast(:at as date), 1, 0, 9, 9, :at from generate_series(1, :crowd) n"
            ),
            values,
        )
