"""Whether a play, a wallet page and a guide's 360° card cost the same with millions of members as with thousands.

    python -m loadtests.size [--members 5000000] [--small 5000] [--seconds 8]

Each size has its own database from ``scrm seed``. One connection asks for members at random, one after another;
what is compared is the CPU that web and PostgreSQL spend on each request, which other work on the machine hardly
disturbs.
"""

import argparse
import http.cookiejar
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from center_core.kit import Database
from loadtests.cpu import cpu_now
from loadtests.hammer import hammer
from loadtests.plays import SECRET, open_campaign, plays_of, postmaster, servers, serving
from scrm.demo import logins
from scrm.fronts.identity import MEMBER_COOKIE, STAFF_COOKIE, Tokens

LIMIT = 1.2
WARM_UP_SECONDS = 2
SAMPLE = 2_000

ANYBODY = text("""
    select member_id from member
     where kind = 'person' and status = 'active' and random() < :share
     limit :count
""")
OF_GUIDE = text("""
    select b.member_id from binding b join staff s on s.id = b.staff_id
     where s.login = :login and b.until is null limit :count
""")

Costs = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=5_000_000)
    parser.add_argument("--small", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    small, large = (_costs(members, options.seconds) for members in (options.small, options.members))
    for what, cost in small.items():
        ratio = large[what] / cost
        verdict = "ok" if ratio <= LIMIT else "MISSED"
        print(
            f"{what:10} {options.members:,} / {options.small:,} members = {ratio:.2f} (asked {LIMIT}: {verdict})"
        )


def _costs(members: int, seconds: float) -> Costs:
    """Microseconds of CPU for each kind of request on a database of this size."""
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        began = time.monotonic()
        seed = [sys.executable, "-m", "scrm", "seed", "--members", str(members)]
        subprocess.run(seed, env=environ, check=True, stdout=subprocess.DEVNULL)
        print(f"{members:,} members seeded in {time.monotonic() - began:.0f} s", flush=True)
        slug = open_campaign(database, "evening")
        with serving("product", environ) as (port, web_pids):
            costs = {}
            for what, next_request in _requests(database, slug, members, port).items():
                hammer(port, next_request, connections=1, seconds=WARM_UP_SECONDS)
                before = cpu_now(web_pids, postmaster(Path(folder)))
                outcome = hammer(port, next_request, connections=1, seconds=seconds)
                spent = cpu_now(web_pids, postmaster(Path(folder))) - before
                count = len(outcome.latencies)
                if outcome.statuses[200] != count:
                    raise RuntimeError(f"{what} was answered with {dict(outcome.statuses)}")
                costs[what] = 1e6 * (spent.web + spent.postgres) / count
                print(
                    f"  {what:10} {costs[what]:,.0f} µs of CPU, p50 {outcome.percentile(50):.1f} ms",
                    flush=True,
                )
            return costs


def _requests(database: Database, slug: str, members: int, port: int) -> dict[str, Callable[[], bytes]]:
    guide = next(login for role, _, login, _ in logins() if role == "guide")
    with database.transaction() as db:
        share = min(1.0, 3 * SAMPLE / members)
        anybody = list(db.scalars(ANYBODY, {"share": share, "count": SAMPLE}).all())
        of_guide = list(db.scalars(OF_GUIDE, {"login": guide, "count": SAMPLE}).all())
    tokens = [Tokens(SECRET).make("member", id.bytes) for id in anybody]
    staff = _sign_in(port, guide)
    choose = random.Random(1).choice

    def wallet() -> bytes:
        return _get("/wallet", f"{MEMBER_COOKIE}={choose(tokens)}")

    def card() -> bytes:
        found: UUID = choose(of_guide)
        return _get(f"/guide/members/{found}", f"{STAFF_COOKIE}={staff}")

    return {"play": plays_of(slug, tokens), "wallet": wallet, "360° card": card}


def _get(path: str, cookie: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()


def _sign_in(port: int, login: str) -> str:
    """A guide's token, by the door that guides use."""
    password = next(word for _, _, name, word in logins() if name == login)
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    door = f"http://127.0.0.1:{port}/guide/sign-in"
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.open(door).read().decode())
    if found is None:
        raise RuntimeError("the guides' door has no form")
    form = {"login": login, "password": password, "csrf_token": found[1], "next": "/healthz"}
    browser.open(door, urllib.parse.urlencode(form).encode())
    return next(cookie.value or "" for cookie in jar if cookie.name == STAFF_COOKIE)


if __name__ == "__main__":
    main()
