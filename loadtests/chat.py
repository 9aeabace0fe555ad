"""How quick and how many: messages over real realtime processes, beside bare Flask-SocketIO with the stock queue.

    python -m loadtests.chat [--connections 1000] [--rate 200] [--seconds 20] [--rounds 2]

Two realtime processes, PostgreSQL and Valkey with durable settings, and the phones share the machine. Half of the
phones are members, half their guides; each writes to the other. First at a steady rate, which gives the
percentiles; then each as soon as it was answered, which gives the throughput. The product stores each message
before it acknowledges it, the baseline stores nothing. Afterwards the messages are counted.
"""

import argparse
import itertools
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from center_core import member, user
from center_core.kit import Database, utcnow, uuid7
from loadtests.chat_phones import Heard, Phone, talk
from loadtests.cpu import cpu_now
from loadtests.plays import SECRET, postmaster, servers, wait_for
from scrm import embedded
from scrm.engagement import conversation
from scrm.engagement.conversation import Conversation
from scrm.fronts.identity import Tokens, password_mark

ORIGIN = "http://localhost:8000"
PRODUCT = (
    "import sys; from scrm.fronts.realtime import server; from scrm.config import Config; "
    "server.main(Config.from_env(), int(sys.argv[1]))"
)
VARIANTS = ("product", "bare")
WORDS = "Do you have the blue parka in M, and may I try it on this evening?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=VARIANTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        pairs = make_pairs(database, options.connections // 2)
        acknowledged = 0
        throughput: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
        for _ in range(options.rounds):
            for variant in [options.only] if options.only else VARIANTS:
                with serving(variant, environ) as (port, pids):
                    phones = connect(port, pairs)
                    steady = run(phones, pairs, options.seconds, options.rate)
                    before = cpu_now(pids, *servers_of(Path(folder)))
                    flat_out = run(phones, pairs, options.seconds / 2, None)
                    spent = cpu_now(pids, *servers_of(Path(folder))) - before
                    for phone in phones:
                        phone.socket.close()
                print(f"{variant:8} at {options.rate:.0f}/s: {percentiles(steady)}")
                print(f"{variant:8} flat out: {rate(flat_out):,.0f}/s, {percentiles(flat_out)}")
                print(f"{variant:8} {spent.each(len(flat_out.acknowledged))}", flush=True)
                throughput[variant].append(rate(flat_out))
                if variant == "product":
                    acknowledged += len(steady.acknowledged) + len(flat_out.acknowledged)
        if not options.only:
            ratio = statistics.median(throughput["product"]) / statistics.median(throughput["bare"])
            print(f"product / bare with the stock queue = {ratio:.1f}")
        print_check(database, acknowledged)


def make_pairs(database: Database, count: int) -> list[tuple[UUID, UUID, UUID]]:
    """(member, guide, conversation) of each pair; what matters here is that they exist."""
    pairs = [(uuid7(), uuid7(), uuid7()) for _ in range(count)]
    now = utcnow()
    with database.transaction() as db:
        db.execute(
            insert(user.Staff),
            [{"id": staff, "login": str(staff), "name": {}, "title": {}, "active": True, "locale": "zh"}
             for _, staff, _ in pairs],
        )  # fmt: skip
        for _, staff, _ in pairs:
            user.grant(db, staff_id=staff, role="guide")
        db.execute(
            insert(member.Member),
            [{"member_id": who, "kind": "person", "name": "", "name_pinyin": "", "card_secret": b"", "joined_at": now,
              "locale": "zh", "status": "active"}
             for who, _, _ in pairs],
        )  # fmt: skip
        db.execute(
            insert(Conversation),
            [{"member_id": who, "id": id, "kind": "guide", "staff_id": staff, "store_id": staff, "last_seq": 0,
              "last_at": now, "member_read_seq": 0, "staff_read_seq": 0, "opened_at": now}
             for who, staff, id in pairs],
        )  # fmt: skip
    return pairs


@contextmanager
def serving(variant: str, environ: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    """Two processes of the product or of the baseline on one port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", PRODUCT] if variant == "product" else [
        sys.executable, "-m", "loadtests.baseline_chat"
    ]  # fmt: skip
    environ = {**environ, "SCRM_REALTIME_PORT": str(port), "SCRM_PUBLIC_URL": ORIGIN}
    processes = [subprocess.Popen([*command, str(n)], env=environ) for n in range(2)]
    try:
        wait_for(port)
        time.sleep(4)
        yield port, [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def servers_of(folder: Path) -> tuple[int, int | None]:
    """The process ids of PostgreSQL and Valkey."""
    return postmaster(folder), embedded.status(folder / "var").valkey_pid


def connect(port: int, pairs: list[tuple[UUID, UUID, UUID]]) -> list[Phone]:
    """All phones, members and guides in turn, in their conversations."""
    tokens = Tokens(SECRET)
    phones = []
    for whose, staff, id in pairs:
        for who in (b"member:" + whose.bytes, b"staff:" + staff.bytes + password_mark(None)):
            phone = Phone(port, tokens.make("socket", who), ORIGIN)
            phone.join({"conversation": str(id), "member": str(whose)})
            phones.append(phone)
    return phones


def run(
    phones: list[Phone], pairs: list[tuple[UUID, UUID, UUID]], seconds: float, rate: float | None
) -> Heard:
    conversations = [str(id) for _, _, id in pairs]
    beginning, count = str(uuid4())[:24], itertools.count()

    def message(number: int, now: float) -> dict[str, Any]:
        return {
            "conversation": conversations[number // 2],
            "client_id": f"{beginning}{next(count):012x}",
            "text": f"@{now:.6f} {WORDS}",
        }

    return talk(phones, message, seconds=seconds, rate=rate)


def rate(heard: Heard) -> float:
    return len(heard.acknowledged) / heard.seconds


def percentiles(heard: Heard) -> str:
    """Half and 99 of 100, in milliseconds, of the answers and of the deliveries."""
    if heard.refused:
        print(f"  {len(heard.refused)} refused, the first: {heard.refused[0][:200]}")
    parts = []
    for name, times in (("acknowledged", heard.acknowledged), ("delivered", heard.delivered)):
        if times:
            cut = statistics.quantiles(times, n=100)
            parts.append(f"{len(times):,} {name} p50 {cut[49] * 1000:.0f} ms p99 {cut[98] * 1000:.0f} ms")
    return ", ".join(parts)


def print_check(database: Database, acknowledged: int) -> None:
    """Every acknowledged message must be there, numbered without gaps."""
    with database.transaction() as db:
        kept = db.scalar(text("select count(*) from message")) or 0
        findings = list(conversation.check(db))
    print(f"{acknowledged:,} acknowledged messages, {kept:,} kept, {len(findings)} findings of the doctor")


if __name__ == "__main__":
    main()
