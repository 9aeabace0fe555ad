"""Whether a play, a wallet page and a guide's 360° card cost the same with millions of members as with thousands.

    python -m loadtests.size [--members 5000000] [--small 5000] [--turns 8]

Each size has its own database from ``scrm seed``, and both are served at once and asked in turns. What is compared is
the CPU that web and PostgreSQL spend on each request, in the cheapest turn of each.
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
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from center_core.kit import Database
from loadtests.cpu import cpu_now
from loadtests.hammer import Outcome, hammer
from loadtests.plays import SECRET, open_campaign, plays_of, postmaster, servers, serving
from scrm.demo import logins
from scrm.fronts.identity import MEMBER_COOKIE, STAFF_COOKIE, Tokens

LIMIT = 1.2
WARM_UP_SECONDS = 3
SECONDS_OF_A_TURN = 1.5
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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=5_000_000)
    parser.add_argument("--small", type=int, default=5_000)
    parser.add_argument("--turns", type=int, default=8)
    options = parser.parse_args()
    with ExitStack() as stack:
        brands = [stack.enter_context(_brand(members)) for members in (options.small, options.members)]
        for brand in brands:
            for what in brand.requests:
                brand.hammer(what, WARM_UP_SECONDS)
        for what in brands[0].requests:
            for _ in range(options.turns):
                for brand in brands:
                    brand.measure(what)
        for what in brands[0].requests:
            small, large = (brand.cheapest(what) for brand in brands)
            for brand, turn in zip(brands, (small, large), strict=True):
                print(f"  {brand.members:9,} members: {what:10} p50 {turn.p50:.1f} ms, {turn.told}")
            verdict = "ok" if large.cpu / small.cpu <= LIMIT else "MISSED"
            print(
                f"{what:10} {options.members:,} / {options.small:,} members = {large.cpu / small.cpu:.2f} "
                f"(asked {LIMIT}: {verdict})"
            )


@dataclass(frozen=True)
class Turn:
    """What one turn showed: microseconds of CPU and milliseconds for each request."""

    cpu: float
    p50: float
    told: str


@dataclass
class Brand:
    """An installation of a size, served."""

    members: int
    folder: Path
    port: int
    web_pids: list[int]
    requests: dict[str, Callable[[], bytes]]
    turns: dict[str, list[Turn]] = field(default_factory=lambda: defaultdict(list))

    def hammer(self, what: str, seconds: float) -> Outcome:
        """One connection asks for members at random, one after another."""
        outcome = hammer(self.port, self.requests[what], connections=1, seconds=seconds)
        if outcome.statuses[200] != len(outcome.latencies):
            raise RuntimeError(f"{what} was answered with {dict(outcome.statuses)}")
        return outcome

    def measure(self, what: str) -> None:
        """One turn."""
        before = cpu_now(self.web_pids, postmaster(self.folder))
        outcome = self.hammer(what, SECONDS_OF_A_TURN)
        spent = cpu_now(self.web_pids, postmaster(self.folder)) - before
        count = len(outcome.latencies)
        cpu = 1e6 * (spent.web + spent.postgres) / count
        self.turns[what].append(Turn(cpu, outcome.percentile(50), spent.each(count)))

    def cheapest(self, what: str) -> Turn:
        """The turn that other work on the machine disturbed least."""
        return min(self.turns[what], key=lambda turn: turn.cpu)


@contextmanager
def _brand(members: int) -> Iterator[Brand]:
    with tempfile.TemporaryDirectory() as name, servers(Path(name)) as (database, environ):
        began = time.monotonic()
        seed = [sys.executable, "-m", "scrm", "seed", "--members", str(members)]
        subprocess.run(seed, env=environ, check=True, stdout=subprocess.DEVNULL)
        with database.engine.connect() as connection:
            connection.execute(text("checkpoint"))  # What was seeded is written before anything is measured.
        print(f"{members:,} members seeded in {time.monotonic() - began:.0f} s", flush=True)
        slug = open_campaign(database, "evening")
        with serving("product", environ) as (port, web_pids):
            yield Brand(members, Path(name), port, web_pids, _requests(database, slug, members, port))


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
