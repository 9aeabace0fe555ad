"""What happens at three times capacity: goodput must stay, and what is shed must be told so at once.

    python -m loadtests.overload [--seconds 10] [--connections 256] [--times 3]

Capacity is what the plays route answers while a fixed number of connections keep it busy. Then plays arrive at
``times`` that rate, each on a connection that is free at its moment, whatever became of those before (an open
loop, as a country of phones is); a moment without a free connection counts as not even let in. Latencies count
from the moment at which the play was due.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from select import EPOLLIN, epoll

from loadtests.hammer import Line, dial, hammer, read, send
from loadtests.plays import SECRET, make_members, open_campaign, plays_of, servers, serving
from loadtests.report import percentile
from scrm.fronts.identity import Tokens

GOODPUT_SHARE = 0.9
SHED_WITHIN_MS = 100.0
MOST_CONNECTIONS = 3_000
SECONDS_TO_DRAIN = 15.0


@dataclass
class Flood:
    """What became of an open loop of requests; latencies in milliseconds by status."""

    seconds: float
    good: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    late: int = 0
    other: int = 0
    not_let_in: int = 0

    @property
    def goodput(self) -> float:
        return len(self.good) / self.seconds

    def __str__(self) -> str:
        good, shed = sorted(self.good), sorted(self.shed)
        told, refused = (
            f"p50 {percentile(of, 50):.0f}, p99 {percentile(of, 99):.0f} ms" for of in (good, shed)
        )
        return (
            f"goodput {self.goodput:,.0f}/s ({told}); 503 {len(shed) / self.seconds:,.0f}/s ({refused}); "
            f"too late {self.late}, other {self.other}, not let in {self.not_let_in / self.seconds:,.0f}/s"
        )


def flood(port: int, next_request: Callable[[], bytes], *, rate: float, seconds: float) -> Flood:
    """Send ``rate`` requests a second for ``seconds``, however slowly they are answered."""
    result, poll = Flood(seconds), epoll()
    busy: dict[int, Line] = {}
    free: list[Line] = []
    opened = sent = 0
    began = time.perf_counter()
    while (at := time.perf_counter() - began) < seconds or (busy and at < seconds + SECONDS_TO_DRAIN):
        due = int(min(at, seconds) * rate)
        while sent < due:
            sent += 1
            if not free and opened < MOST_CONNECTIONS:
                free.append(dial(port))
                opened += 1
                poll.register(free[-1].sock.fileno(), EPOLLIN)
            if not free:
                result.not_let_in += 1
                continue
            line = free.pop()
            busy[line.sock.fileno()] = line
            send(line, next_request())
            line.sent_at = began + sent / rate
        for number, _ in poll.poll(0.001):
            asked = busy.get(number)
            answer = _answer(asked) if asked else None
            if asked is None or answer is None:
                continue
            del busy[number]
            if answer == 0:
                poll.unregister(number)
                asked.sock.close()
                opened -= 1
                result.other += 1
                continue
            free.append(asked)
            if time.perf_counter() - began > seconds and answer == 200:
                result.late += 1
                continue
            ms = (time.perf_counter() - asked.sent_at) * 1000
            if answer == 200:
                result.good.append(ms)
            elif answer == 503:
                result.shed.append(ms)
            else:
                result.other += 1
    result.other += len(busy)
    for line in (*free, *busy.values()):
        line.sock.close()
    return result


def _answer(line: Line) -> int | None:
    """The status once the answer is whole; 0 if the line broke."""
    try:
        answer = read(line)
    except OSError:
        return 0
    return answer[0] if answer else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--times", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        slug = open_campaign(database, "product")
        tokens = [Tokens(SECRET).make("member", id.bytes) for id in make_members(database)]
        next_request = plays_of(slug, tokens)
        with serving("product", environ) as (port, _):
            hammer(port, next_request, connections=options.connections, seconds=2)
            peak = hammer(port, next_request, connections=options.connections, seconds=options.seconds).rate
            print(f"capacity {peak:,.0f} plays a second", flush=True)
            found = flood(port, next_request, rate=options.times * peak, seconds=options.seconds)
    print(f"at {options.times:g} times: {found}")
    share, slowest = found.goodput / peak, percentile(sorted(found.shed), 99)
    print(f"goodput / capacity = {share:.2f} ({_verdict(share >= GOODPUT_SHARE)}; asked {GOODPUT_SHARE})")
    if found.shed:
        print(
            f"503 within {slowest:.0f} ms ({_verdict(slowest <= SHED_WITHIN_MS)}; asked {SHED_WITHIN_MS:.0f})"
        )
    else:
        print("nothing was told 503: what is too much waits instead (MISSED)")


def _verdict(kept: bool) -> str:
    return "ok" if kept else "MISSED"


if __name__ == "__main__":
    main()
