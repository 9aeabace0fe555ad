"""How long the server takes for the top ten and a member's own rank among neighbours, on a leaderboard of a million.

    python -m loadtests.leaderboard [--entries 1000000] [--looks 2000]

The scores are rows in PostgreSQL and the index over them is rebuilt from these by the product, on the embedded
servers; beside it the same looks with 1,000 entries, since what counts is that they cost the same.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from redis import Redis
from sqlalchemy import text

import campaigns
from campaigns import Board, Leaderboard, Lives
from center_core.kit import Database, Session, utcnow
from loadtests.plays import servers
from loadtests.report import percentile
from scrm.leaderboard import RedisLeaderboard

SMALL = 1_000
LIMIT_MS = 5.0
TOP = 10

SCORES = text("""
    insert into participation (member_id, campaign_id, joined_at, best_score, best_tie, best_at)
    select md5(:slug || n)::uuid, :campaign, :now, 9000 + (n::bigint * 7919) % 20000, n % 997,
           cast(:now as timestamptz) - make_interval(secs => n % 86400)
      from generate_series(1, cast(:entries as int)) n
""")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--looks", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        redis = Redis.from_url(environ["REDIS_URL"])
        board = Leaderboard(RedisLeaderboard(redis))
        worst = 0.0
        for entries in (SMALL, options.entries):
            what, members = _fill(database, f"board-{entries}", entries)
            with database.transaction() as db:
                began = time.perf_counter()
                board.rebuild(db, what)
                print(f"{entries:,} entries; index rebuilt in {time.perf_counter() - began:.1f} s")
                redis.config_resetstat()
                worst = _measure(db, board, what, members, options.looks)
                print(f"  of which in Redis {_in_redis(redis):.3f} ms a look on average")
        verdict = "within" if worst <= LIMIT_MS else "MISSED"
        print(f"top ten, own rank and neighbours, p99: {worst:.2f} ms; limit {LIMIT_MS:.0f} ms: {verdict}")


def _fill(database: Database, slug: str, entries: int) -> tuple[Board, list[UUID]]:
    """A campaign with a skill game, and so many best scores; returns some of their members."""
    now = utcnow()
    with database.transaction() as db:
        draft = campaigns.campaign_type("challenge").template(now, "Asia/Shanghai")
        draft["prizes"] = [
            {"no": 1, "name": {"en": "10 points", "zh": "10 积分"}, "kind": "points", "points": 10,
             "odds_ppm": 100_000, "value_fen": 10},
            {"no": 2, "name": {"en": "Thanks", "zh": "谢谢"}, "kind": "none", "fallback": True},
        ]  # fmt: skip
        draft["period"] = {
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(days=1)).isoformat(),
            "zone": "Asia/Shanghai",
        }
        it = campaigns.create(db, slug=slug, type="challenge", staff_id=None, now=now, draft=draft)
        campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
        db.execute(SCORES, {"slug": slug, "campaign": it.id, "now": now, "entries": entries})
        members = db.scalars(
            text("select member_id from participation where campaign_id = :id order by member_id limit 5000"),
            {"id": it.id},
        ).all()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze participation"))
    return campaigns.board_of(Lives(database).by_slug(slug)), list(members)


def _measure(db: Session, board: Leaderboard, what: Board, members: list[UUID], looks: int) -> float:
    """Print what each look costs; returns the 99th percentile of all together, in milliseconds."""
    choose = random.Random(1).choice
    _time("top ten", looks, lambda: board.look(db, what, None, count=TOP))
    _time("own rank", looks, lambda: board.look(db, what, choose(members), count=0))
    return _time("both", looks, lambda: board.look(db, what, choose(members), count=TOP))


def _in_redis(redis: "Redis") -> float:
    """What one look costs Redis itself, in milliseconds: the part that grows with the board."""
    return float(redis.info("commandstats")["cmdstat_evalsha"]["usec_per_call"]) / 1000


def _time(what: str, looks: int, look: Callable[[], object]) -> float:
    times = []
    for _ in range(looks):
        began = time.perf_counter()
        look()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    print(f"  {what:10} p50 {percentile(times, 50):.2f} ms, p99 {percentile(times, 99):.2f} ms")
    return percentile(times, 99)


if __name__ == "__main__":
    main()
