"""`make load`, `make faults`, `make faults-see`: an evening on an installation of its own, and the books compared.

    python -m loadtests.run load      valley, peak of 17,000 requests a minute, valley
    python -m loadtests.run faults    the peak for 90 s while processes are killed at random
    python -m loadtests.run see       short runs of faults with a fault planted: each must be found

Settings: LOAD_VALLEY, LOAD_PEAK (seconds), LOAD_RATE (requests a minute), LOAD_PORT, LOAD_VAR; FAULTS_SEED,
FAULTS_EVERY (seconds between killings), FAULTS_KINDS (names with commas), PLANT. Exits with 1 on a violation.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from center_core.kit import Database, utcnow
from loadtests import book, report
from loadtests.comparison import differences, read_stored
from loadtests.evening import Evening, prepare
from loadtests.installation import Installation, installation
from loadtests.killings import KINDS, Killer
from loadtests.plant import FAULTS, plant
from loadtests.recovery import read_happenings, recoveries
from loadtests.shapes import Pulse
from scrm.backlog import backlog

SECONDS_TO_SETTLE = 240
SHOWN = 12
LOCUST = ("-m", "locust", "-f", "loadtests/locustfile.py", "--headless", "--only-summary", "--stop-timeout", "60",
          "--exit-code-on-error", "0", "--loglevel", "WARNING")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One run: its shape, and what is killed meanwhile."""

    pulse: Pulse
    kinds: Sequence[str] = ()
    every: float = 5.0
    seed: int = 0
    fault: str = ""


@dataclass
class Outcome:
    """What was found wrong, as sentences; ``failed`` requests count where nothing was killed."""

    violations: list[str] = field(default_factory=list)
    failed: int = 0


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in ("load", "faults", "see"):
        raise SystemExit(__doc__)
    if verb == "see":
        seen = [_is_seen(fault) for fault in FAULTS]
        sys.exit(0 if all(seen) else 1)
    plan = Plan(Pulse.from_env(), fault=os.environ.get("PLANT", "")) if verb == "load" else faults_plan()
    outcome = evening(plan)
    sys.exit(1 if outcome.violations or outcome.failed else 0)


def faults_plan(fault: str = os.environ.get("PLANT", "")) -> Plan:
    """90 seconds of peak with killings."""
    pulse = Pulse.from_env({"LOAD_VALLEY": "3", "LOAD_PEAK": "90", **os.environ})
    kinds = os.environ.get("FAULTS_KINDS")
    return Plan(
        pulse,
        kinds=kinds.split(",") if kinds else KINDS,
        every=float(os.environ.get("FAULTS_EVERY", "5")),
        seed=int(os.environ.get("FAULTS_SEED", random.randrange(10**6))),
        fault=fault,
    )


def _is_seen(fault: str) -> bool:
    """Half a minute with ``fault`` must end with violations; only what can show it is killed."""
    kinds = ["postgres"] if fault == "answer-before-commit" else ["web"]
    # A load that leaves the machine idle at times: where nothing is answered there is nothing to lose.
    pulse = Pulse(valley=3, peak=30, rate=6000)
    found = evening(Plan(pulse, kinds=kinds, every=8, seed=1, fault=fault)).violations
    print(f"\nPLANT={fault}: {'seen' if found else 'NOT SEEN'}\n", flush=True)
    return bool(found)


def evening(plan: Plan) -> Outcome:
    """Start an installation, let the evening happen, compare the books, print everything."""
    with tempfile.TemporaryDirectory(prefix="scrm-load-") as folder:
        var = Path(os.environ.get("LOAD_VAR", folder)) / "var"
        print(f"starting an installation in {var}", flush=True)
        with installation(var, port=int(os.environ.get("LOAD_PORT", "8080"))) as it:
            return _evening(it, plan, var)


def _evening(it: Installation, plan: Plan, var: Path) -> Outcome:
    prepared = prepare(it)
    prepared.save(var / "evening.json")
    # What the demo brand's making published is not part of the evening.
    database = it.database()
    _settle(database)
    database.close()
    if plan.fault:
        plant(it, plan.fault)
    pulse, began = plan.pulse, utcnow()
    print(
        f"{pulse.seconds:.0f} s, at peak {pulse.rate:,.0f} requests a minute; load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    killer = Killer(it, seed=plan.seed, kinds=plan.kinds)
    if plan.kinds:
        print(f"FAULTS_SEED={plan.seed}{f' PLANT={plan.fault}' if plan.fault else ''}", flush=True)
    with open(var / "locust.log", "w") as log:
        environ = {
            **os.environ,
            "LOAD_EVENING": str(var / "evening.json"),
            "LOAD_BOOK": str(var / "book.jsonl"),
            "LOAD_VALLEY": str(pulse.valley),
            "LOAD_PEAK": str(pulse.peak),
            "LOAD_RATE": str(pulse.rate),
        }
        locust = subprocess.Popen(
            [sys.executable, *LOCUST], env=environ, stdout=log, stderr=subprocess.STDOUT
        )
        if plan.kinds:
            time.sleep(pulse.valley + 5)
            killer.run(seconds=pulse.peak - 5, every=plan.every, goes_on=lambda: locust.poll() is None)
        if locust.wait() != 0:
            raise RuntimeError(f"Locust ended with an error:\n{Path(log.name).read_text()[-3000:]}")
    return _judge(it, plan, prepared, killer, began)


def _judge(it: Installation, plan: Plan, prepared: Evening, killer: Killer, began: datetime) -> Outcome:
    outcome = Outcome()
    entries = book.read(it.var / "book.jsonl")
    database = it.database()
    settled_after = _settle(database)
    peak = report.of_peak(entries)
    print("\nPeak\n" + "\n".join(report.lines_of(peak)))
    print(f"{report.rate_of(peak):,.0f} good answers a minute; load average {os.getloadavg()[0]:.1f}")
    attempts = list(book.of_kind(entries, book.Attempt))
    print("\nWhole run\n" + "\n".join(report.lines_of(attempts)))
    if plan.kinds:
        with database.transaction() as db:
            happenings = read_happenings(db, began)
        print("\nRecovery\n" + "\n".join(report.recovery_lines(recoveries(entries, killer.done, happenings))))
    else:
        outcome.failed = sum(not one.good for one in attempts)

    conversations = {pair.conversation for pair in prepared.pairs}
    with database.transaction() as db:
        stored = read_stored(db, campaign_id=prepared.campaign_id, conversations=sorted(conversations))
    database.close()
    for name, kind, kept in (
        ("plays", book.PlayTold, len(stored.plays)),
        ("messages", book.MessageTold, len(stored.messages)),
        ("orders", book.OrderTold, sum(map(len, stored.orders.values()))),
    ):
        told = sum(1 for _ in book.of_kind(entries, kind))
        print(f"{name}: {told:,} acknowledged, {kept:,} stored")
    outcome.violations += differences(entries, stored, prepared.promised)
    if settled_after is None:
        outcome.violations.append(
            f"after {SECONDS_TO_SETTLE} s there are still events that were not delivered"
        )
    else:
        print(f"Everything in the outbox was delivered {settled_after:.1f} s after the last request")
    examined = it.scrm("doctor")
    if examined.returncode != 0:
        outcome.violations += [
            "scrm doctor: " + line.strip() for line in _findings(examined.stdout + examined.stderr)
        ]
    for line in outcome.violations[:SHOWN]:
        print(f"VIOLATION {line}")
    print(f"{len(outcome.violations)} violations, {outcome.failed} failed requests", flush=True)
    return outcome


def _findings(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip() and not line.startswith("ok")]


def _settle(database: Database) -> float | None:
    """Seconds until the outbox had nothing open or given up; none if that never came."""
    began = time.monotonic()
    while time.monotonic() - began < SECONDS_TO_SETTLE:
        try:
            with database.transaction() as db:
                left = backlog(db)
        except DBAPIError:
            time.sleep(0.5)
            continue
        if not (left.waiting or left.under_way or left.parked):
            return time.monotonic() - began
        time.sleep(0.2)
    return None


if __name__ == "__main__":
    main()
