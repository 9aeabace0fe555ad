"""What an event costs after its commit, by kind: Python calls, statements and commits, round trips to Redis, jobs, CPU.

    python -m loadtests.deliveries [--events 200] [--together 1 10] [--rounds 5]

Relay and worker run within this process on a small demo brand, one step after the other, until everything is
delivered, what the reactions publish in turn included. ``--together`` is how many events are published between two
looks of the relay. What is counted does not depend on what else the machine does; CPU is that of the cheapest round,
PostgreSQL and Valkey included.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import redis
from redis.connection import AbstractConnection
from sqlalchemy import text

import campaigns
from center_core import inventory, order
from center_core.kit import Database, Session, publish, utcnow, uuid7
from loadtests.evening import open_campaign
from loadtests.plays import postmaster
from scrm import embedded
from scrm.adapters import open_outside
from scrm.config import Config
from scrm.demo.seed import seed
from scrm.engagement.conversation import MessagePosted
from scrm.jobs import Courier, EventQueue, Relay, work
from scrm.migrations import migrate
from scrm.wiring import WHEN, Wiring

MEMBERS = 400
COUPON, CONSOLATION = 2, 4
"""Prizes of the evening's campaign: one that a guide is told of, and one that nobody is."""
COUNTED = ("calls", "statements", "trips", "jobs")
CPU = ("python", "postgres", "valkey")

Publishing = Callable[[Session, int], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--together", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            post = Post(Path(folder) / "var")
            kinds = furnish(post.database)
            print(
                f"{'each event':16} together {' '.join(f'{it:>10}' for it in (*COUNTED, *CPU))}   CPU in ms"
            )
            for together in options.together:
                for kind, publishing in kinds.items():
                    print_cost(kind, post, publishing, options.events, together, options.rounds)
        finally:
            embedded.stop(Path(folder) / "var")


def print_cost(
    kind: str, post: "Post", publishing: Publishing, events: int, together: int, rounds: int
) -> None:
    """One line: what each event of the kind costs."""
    post.cost(publishing, events, together)
    costs = [post.cost(publishing, events, together) for _ in range(rounds)]
    best = {name: min(cost[name] for cost in costs) * 1000 for name in CPU}
    profile = cProfile.Profile()
    costs[-1]["calls"] = post.cost(publishing, events, together, profile)["calls"]
    figures = [f"{costs[-1][name] / events:10.1f}" for name in COUNTED]
    figures += [f"{best[name] / events:10.2f}" for name in CPU]
    print(f"{kind:16} {together:8} {' '.join(figures)}   {sum(best.values()) / events:6.2f}", flush=True)


class Post:
    """Relay and worker of one installation, and a count of what they ask of its servers."""

    def __init__(self, folder: Path) -> None:
        addresses = embedded.start(folder, durable=False)
        migrate(addresses.database_url)
        config = Config(
            database_url=addresses.database_url,
            redis_url=addresses.redis_url,
            secret_key="0" * 32,
            var=folder,
        )
        self.database = Database(config.database_url)
        seed(self.database, members=MEMBERS, say=lambda _: None, now=utcnow())
        self.connection = redis.Redis.from_url(config.redis_url)
        self.queue = EventQueue(self.connection)
        wiring = Wiring.of_map(WHEN)
        self.relay = Relay(self.database, self.queue, wiring)
        self.courier = Courier(self.database, wiring, open_outside(config))
        self.postmaster = psutil.Process(postmaster(folder.parent))
        self.valkey = psutil.Process(self.connection.info("server")["process_id"])
        self.counted: Counter[str] = Counter()
        self._count_what_is_sent()
        self.deliver()

    def deliver(self) -> None:
        """Deliver all there is, and what that publishes in turn."""
        queues = self.queue, self.relay.outside
        while self.relay.relay_new(now=utcnow()) or any(queue.length() for queue in queues):
            self.counted["jobs"] += sum(queue.length() for queue in queues)
            work(self.connection, self.courier, until_empty=True)

    def cost(
        self, publishing: Publishing, events: int, together: int, profile: cProfile.Profile | None = None
    ) -> Counter[str]:
        """What is counted and spent while ``events`` of one kind are delivered."""
        total: Counter[str] = Counter()
        for first in range(0, events, together):
            for index in range(first, first + together):
                with self.database.transaction() as db:
                    publishing(db, index)
            with self._measured(total, profile):
                self.relay.relay_new(now=utcnow())
        with self._measured(total, profile):
            self.deliver()
        if profile is not None:
            total["calls"] = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
        return total

    @contextmanager
    def _measured(self, total: Counter[str], profile: cProfile.Profile | None) -> Iterator[None]:
        before = self._cpu()
        self.counted.clear()
        if profile is not None:
            profile.enable()
        try:
            yield
        finally:
            if profile is not None:
                profile.disable()
        after = self._cpu()
        total.update(self.counted)
        for name in CPU:
            total[name] += after[name] - before[name]  # type: ignore[assignment]

    def _cpu(self) -> dict[str, float]:
        """Seconds spent so far by this process and by the servers."""
        return {
            "python": time.process_time(),
            "postgres": sum(_spent(it) for it in self.postmaster.children(recursive=True)),
            "valkey": _spent(self.valkey),
        }

    def _count_what_is_sent(self) -> None:
        for kind, name in (
            (psycopg.Cursor, "execute"),
            (psycopg.Connection, "commit"),
            (psycopg.Connection, "rollback"),
        ):
            self._count(kind, name, "statements")
        self._count(AbstractConnection, "send_packed_command", "trips")

    def _count(self, kind: type, name: str, what: str) -> None:
        """Add one to ``what`` with each call of a driver's method."""
        call = getattr(kind, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            self.counted[what] += 1
            return call(*arguments, **options)

        setattr(kind, name, counted)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def furnish(database: Database) -> dict[str, Publishing]:
    """What publishes one event of each kind, as the web processes do."""
    with database.transaction() as db:
        campaign_id = open_campaign(db)
        members = db.scalars(text("select member_id from binding where until is null order by 1")).all()
        staff_id = db.scalars(text("select staff_id from binding where until is null limit 1")).one()
        store_id = db.scalars(text("select id from store where kind = 'store' order by code limit 1")).one()
        sku = db.execute(text("select id, code from sku order by code limit 1")).one()
        location = inventory.location_of_store(db, store_id)
        source = ("load_test", uuid7())
        inventory.receive(
            db, location_id=location.id, sku_id=sku.id, quantity=1_000_000, source=source, now=utcnow()
        )

    def played(prize_no: int) -> Publishing:
        def publishing(db: Session, index: int) -> None:
            play = (uuid7(), members[index % len(members)], prize_no)
            publish(db, campaigns.PlaysDecided(campaign_id, [play]), now=utcnow())

        return publishing

    def message(db: Session, index: int) -> None:
        told = MessagePosted(
            member_id=members[index % len(members)], staff_id=staff_id, conversation_id=uuid7(), seq=index,
            client_id=uuid7(), sender_kind="staff", kind="text", content={"text": "hello"}, sent_at=utcnow(),
        )  # fmt: skip
        publish(db, told, now=utcnow())

    def sale(db: Session, index: int) -> None:
        line = order.SaleLine(sku.code, 1, 129_900)
        order.record_sale(
            db, store_id=store_id, number=f"load-{uuid7()}", lines=[line], paid=[("cash", 129_900)], now=utcnow(),
            member_id=members[index % len(members)],
        )  # fmt: skip

    return {
        "a play won": played(COUPON),
        "a play lost": played(CONSOLATION),
        "a message": message,
        "an order": sale,
    }


if __name__ == "__main__":
    main()
