"""How many durable plays a second: the real route on real servers, beside a plain ORM variant and a bare Flask route.

    python -m loadtests.plays [--seconds 10] [--rounds 3] [--connections 256]

PostgreSQL and Valkey are the embedded ones with durable settings; two web processes, PostgreSQL and this load
generator share the machine. Each round runs the three variants one after another, so that what else the machine
does falls on all of them; what counts are the ratios. The ceiling on plays (``SCRM_PLAYS_PER_SECOND``) is lifted: this
tells what the machine can do, ``loadtests.overload`` what it holds. In the end the answers are compared with the
database.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import orjson
from sqlalchemy import text

import campaigns
from center_core import marketing
from center_core.kit import Database, utcnow, uuid7
from loadtests.cpu import Cpu, cpu_now
from loadtests.hammer import Outcome, hammer, unique_keys
from scrm import embedded
from scrm.config import Config
from scrm.fronts.identity import Tokens
from scrm.migrations import migrate

SECRET = "a-secret-for-benchmarks-only-" + "0" * 16
MEMBERS = 20_000
VARIANTS = ("product", "orm", "bare")
WEB_PROCESSES = 2
NO_CEILING = 1_000_000
THREADS: int = Config.model_fields["web_threads"].default
PACE: int = Config.model_fields["plays_per_second"].default


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--threads", type=int, default=THREADS, help="blocking threads of each web process")
    parser.add_argument("--only", choices=VARIANTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        slugs = {variant: open_campaign(database, variant) for variant in VARIANTS}
        tokens = [Tokens(SECRET).make("member", id.bytes) for id in make_members(database)]
        acknowledged: dict[str, UUID] = {}
        results: dict[str, list[Outcome]] = {variant: [] for variant in VARIANTS}
        for _ in range(options.rounds):
            for variant in [options.only] if options.only else VARIANTS:
                with serving(variant, environ, threads=options.threads, pace=NO_CEILING) as (port, web_pids):
                    keep = acknowledged if variant == "product" else None
                    outcome, spent = run(
                        port, web_pids, postmaster(Path(folder)), slugs[variant], tokens, options, keep
                    )
                results[variant].append(outcome)
                print(f"{variant:8} {outcome}\n         {spent.each(len(outcome.latencies))}", flush=True)
        if not options.only:
            print_ratios(results)
        print_check(database, acknowledged)


@contextmanager
def servers(folder: Path) -> Iterator[tuple[Database, dict[str, str]]]:
    """The embedded servers with durable settings, and the environment of processes that use them."""
    addresses = embedded.start(folder / "var", durable=True)
    migrate(addresses.database_url)
    database = Database(addresses.database_url)
    environ = {
        **os.environ,
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SECRET_KEY": SECRET,
        "SCRM_VAR": str(folder / "var"),
        "SCRM_LOG_LEVEL": "WARNING",
    }
    try:
        yield database, environ
    finally:
        database.close()
        embedded.stop(folder / "var")


def make_members(database: Database) -> list[UUID]:
    """Members by one statement: what matters here is that they exist and are active."""
    ids = [uuid7() for _ in range(MEMBERS)]
    with database.transaction() as db:
        db.execute(
            text(
                "insert into member (member_id, kind, name, name_pinyin, card_secret, joined_at, locale, status) "
                "select id, 'person', 'Load', 'load', decode(md5(id::text), 'hex'), now(), 'zh', 'active' "
                "from unnest(cast(:ids as uuid[])) id"
            ),
            {"ids": ids},
        )
    return ids


def open_campaign(database: Database, slug: str) -> str:
    """A wheel with all kinds of prizes, which nearly every second play wins something of."""
    now = utcnow()
    with database.transaction() as db:
        templates = [
            marketing.create_template(
                db,
                offer=marketing.Offer(
                    code=f"{slug}-{kind}",
                    name={"en": kind, "zh": kind},
                    kind=kind,
                    value=value,
                    valid_from=now - timedelta(days=1),
                    valid_until=now + timedelta(days=60),
                ),
                now=now,
            )
            for kind, value in (("gift", 0), ("amount", 5_000))
        ]
        draft = campaigns.campaign_type("wheel").template(now, "Asia/Shanghai")
        gift, coupon = (str(template.id) for template in templates)
        names = {"en": "Prize", "zh": "奖品"}
        draft["prizes"] = [
            {
                "no": 1, "name": names, "kind": "gift", "template_id": gift, "stock": 1000,
                "odds_ppm": 10_000, "value_fen": 9_900,
            },
            {"no": 2, "name": names, "kind": "coupon", "template_id": coupon, "odds_ppm": 60_000, "value_fen": 5_000},
            {"no": 3, "name": names, "kind": "points", "points": 50, "odds_ppm": 300_000, "value_fen": 50},
            {"no": 4, "name": names, "kind": "none", "fallback": True},
        ]  # fmt: skip
        draft["limits"] = {"plays": None, "plays_per_day": 1000, "free": 0, "free_per_day": 1000}
        draft["period"] = {
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(days=10)).isoformat(),
            "zone": "Asia/Shanghai",
        }
        it = campaigns.create(db, slug=slug, type="wheel", staff_id=None, now=now, draft=draft)
        campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
    return slug


@contextmanager
def serving(
    variant: str, environ: dict[str, str], *, threads: int = THREADS, pace: int = PACE
) -> Iterator[tuple[int, list[int]]]:
    """Two web processes: ``scrm web`` itself, twice on one port, or a baseline under the same server."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {
        **environ,
        "SCRM_PORT": str(port),
        "SCRM_WEB_THREADS": str(threads),
        "SCRM_PLAYS_PER_SECOND": str(pace),
    }
    if variant == "product":
        commands = [[sys.executable, "-m", "scrm", "web"]] * WEB_PROCESSES
    else:
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-log", "--port", str(port)]
        size = ["--workers", str(WEB_PROCESSES), "--blocking-threads", str(threads)]
        commands = [[*granian, *size, f"loadtests.baseline_{variant}:app"]]
    processes = [subprocess.Popen(command, env=environ, start_new_session=True) for command in commands]
    try:
        wait_for(port)
        yield port, [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)
            return
    raise TimeoutError("the web processes did not start")


def run(
    port: int,
    web_pids: list[int],
    postmaster_pid: int,
    slug: str,
    tokens: list[str],
    options: argparse.Namespace,
    acknowledged: dict[str, UUID] | None,
) -> tuple[Outcome, Cpu]:
    """One variant for some seconds, after two to warm up."""
    next_request = plays_of(slug, tokens)
    hammer(port, next_request, connections=options.connections, seconds=2)

    # Read after the run: parsing answers would cost as much as making them.
    answers: list[tuple[bytes, bytes]] = []

    def heard(request: bytes, status: int, body: bytes) -> None:
        if status == 200:
            answers.append((request, body))

    before = cpu_now(web_pids, postmaster_pid)
    outcome = hammer(
        port, next_request, connections=options.connections, seconds=options.seconds, heard=heard
    )
    spent = cpu_now(web_pids, postmaster_pid) - before
    if acknowledged is not None:
        for request, body in answers:
            key = request.split(b"Idempotency-Key: ", 1)[1].split(b"\r", 1)[0].decode()
            acknowledged[key] = UUID(orjson.loads(body)["play_id"])
    return outcome, spent


def postmaster(folder: Path) -> int:
    """The process id of the embedded PostgreSQL."""
    return int((folder / "var/postgres/cluster/postmaster.pid").read_text().split("\n", 1)[0])


def plays_of(slug: str, tokens: list[str]) -> Callable[[], bytes]:
    """Requests as a phone sends them: the token in the cookie, a new key for each play."""
    key, choose = unique_keys("play"), random.Random(1).choice

    def request() -> bytes:
        return (
            f"POST /c/{slug}/plays HTTP/1.1\r\nHost: localhost\r\nCookie: club={choose(tokens)}\r\n"
            f"Idempotency-Key: {key()}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n\r\n"
        ).encode()

    return request


def print_ratios(results: dict[str, list[Outcome]]) -> None:
    rates = {variant: statistics.median(one.rate for one in of) for variant, of in results.items()}
    print(f"median: {', '.join(f'{variant} {rate:,.0f}/s' for variant, rate in rates.items())}")
    print(f"product / orm  = {rates['product'] / rates['orm']:.1f}")
    print(f"product / bare = {rates['product'] / rates['bare']:.2f}")
    print(f"product / headline of 283 a second = {rates['product'] / 283:.1f}")


def print_check(database: Database, acknowledged: dict[str, UUID]) -> None:
    """Every acknowledged play must be there under its key and id, and every rule of the doctor must hold."""
    with database.transaction() as db:
        kept = dict(db.execute(text("select idempotency_key, id from play")).all())
        findings = [finding for finding in campaigns.check(db) if "traffic" not in finding.check]
    lost = sum(kept.get(key) != id for key, id in acknowledged.items())
    print(
        f"{len(acknowledged):,} acknowledged plays, {lost} lost or changed, {len(findings)} findings of the doctor"
    )
    for finding in findings[:10]:
        print(f"  {finding}")


if __name__ == "__main__":
    main()
