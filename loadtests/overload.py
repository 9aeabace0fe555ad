"""What happens at three times capacity: goodput must stay, and what is shed must be told so at once.

    python -m loadtests.overload [--rounds 3] [--seconds 10] [--times 3] [--pace N | --find] [--apart]

Plays arrive at a rate, each on the connection that has been free for longest, whatever became of those before (an
open loop, as a country of phones is); a moment without a free connection counts as not even let in. Capacity is the
highest goodput at any rate: the rate rises until more plays no longer bring more answers, and it is asked again
after each flood of ``times`` that rate, since the pace of a machine changes by the minute. ``--pace`` is the
product's ``SCRM_PLAYS_PER_SECOND`` for each of its two processes, as it comes unless given; ``--find`` lifts it to see
what this machine could do at most, and tries half of that.

Latencies count from the moment at which the request left to that at which the kernel had the answer, since the
generator shares the cores with what it measures; how late it was itself stands beside them. ``--apart`` gives the
generator the last core and the product the others, as in a real crowd, whose phones bring their own: then it takes
nothing from what it measures.
"""

import argparse
import os
import socket
import struct
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from select import EPOLLIN, epoll
from statistics import median

from loadtests.cpu import cpu_now
from loadtests.hammer import Line, dial, take
from loadtests.plays import (
    NO_CEILING,
    PACE,
    SECRET,
    WEB_PROCESSES,
    make_members,
    open_campaign,
    plays_of,
    postmaster,
    servers,
    serving,
)
from loadtests.report import percentile
from scrm.fronts.identity import Tokens

GOODPUT_SHARE = 0.9
SHED_WITHIN_MS = 100.0
MOST_CONNECTIONS = 8_000
ARRIVAL = 35
"""SO_TIMESTAMPNS of Linux: the kernel notes when data arrived, by the clock of ``time.time``."""
TIMESPEC = struct.Struct("qq")
SECONDS_TO_RISE = 1.0
SECONDS_TO_DRAIN = 15.0
SECONDS_TO_BE_ACCEPTED = 2.0
FIRST_RATE = 2_000.0
STEP = 1.25
STILL_GROWS = 1.02
AT_CAPACITY = 1.1
"""How many times the capacity is asked for, to see whether it is still what it was."""


@dataclass
class Flood:
    """What became of an open loop of requests at its height; latencies in milliseconds by status.

    ``answered`` counts those of its rise as well.
    """

    seconds: float
    good: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    answered: int = 0
    other: int = 0
    not_let_in: int = 0

    @property
    def goodput(self) -> float:
        return len(self.good) / self.seconds

    def __str__(self) -> str:
        told, refused, behind = (
            f"p50 {percentile(of, 50):.0f}, p99 {percentile(of, 99):.0f} ms"
            for of in map(sorted, (self.good, self.shed, self.behind))
        )
        return (
            f"goodput {self.goodput:,.0f}/s ({told}); 503 {len(self.shed) / self.seconds:,.0f}/s ({refused}); "
            f"other {self.other}, not let in {self.not_let_in / self.seconds:,.0f}/s; "
            f"the generator behind by {behind}"
        )


def flood(port: int, next_request: Callable[[], bytes], *, rate: float, seconds: float) -> Flood:
    """Send ``rate`` requests a second, however slowly they are answered; ``seconds`` of the flood's height count.

    It begins ``SECONDS_TO_RISE`` earlier: its first plays are answered when the first batches have come round.
    """
    result, poll = Flood(seconds), epoll()
    seconds += SECONDS_TO_RISE
    busy: dict[int, Line] = {}
    free = deque(_dial(port) for _ in range(MOST_CONNECTIONS))
    for line in free:
        poll.register(line.sock.fileno(), EPOLLIN)
    # Made beforehand: the less the generator does meanwhile, the less it takes from the server.
    requests = [next_request() for _ in range(int(seconds * rate))]
    time.sleep(SECONDS_TO_BE_ACCEPTED)
    sent = 0
    began = time.time()
    while (at := time.time() - began) < seconds or (busy and at < seconds + SECONDS_TO_DRAIN):
        due = int(min(at, seconds) * rate)
        while sent < due:
            sent += 1
            if not free:
                result.not_let_in += at >= SECONDS_TO_RISE
                continue
            line = free.popleft()
            busy[line.sock.fileno()] = line
            line.sent_at = time.time()
            line.sock.send(requests[sent - 1])
            result.behind.append((line.sent_at - began - sent / rate) * 1000)
        for number, _ in poll.poll(0.001):
            asked = busy.get(number)
            answer = _answer(asked) if asked else None
            if asked is None or answer is None:
                continue
            del busy[number]
            status, arrived_at = answer
            ms = (arrived_at - asked.sent_at) * 1000
            counts = began + SECONDS_TO_RISE <= arrived_at < began + seconds
            if status == 0:
                poll.unregister(number)
                asked.sock.close()
                result.other += 1
                continue
            free.append(asked)
            result.answered += 1
            if status not in (200, 503):
                result.other += 1
            elif counts:
                (result.good if status == 200 else result.shed).append(ms)
    result.other += len(busy)
    for line in (*free, *busy.values()):
        line.sock.close()
    return result


def capacity(flooded: Callable[[float, float], Flood], seconds: float) -> float:
    """The highest goodput of ``flooded`` at any rate, in plays a second; each rate is held for ``seconds``."""
    best, rate = 0.0, FIRST_RATE
    while True:
        goodput = flooded(rate, seconds).goodput
        if goodput < best * STILL_GROWS:
            return max(best, goodput)
        best, rate = goodput, rate * STEP


def _dial(port: int) -> Line:
    line = dial(port)
    line.sock.setsockopt(socket.SOL_SOCKET, ARRIVAL, 1)
    return line


def _answer(line: Line) -> tuple[int, float] | None:
    """The status and when it arrived, once the answer is whole; 0 if the line broke."""
    try:
        part, notes, _, _ = line.sock.recvmsg(65536, 64)
        answer = take(line, part)
    except OSError:
        return 0, 0.0
    if answer is None:
        return None
    seconds, nanoseconds = TIMESPEC.unpack(notes[0][2])
    return answer[0], seconds + nanoseconds / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--times", type=float, default=3)
    parser.add_argument("--pace", type=int, default=PACE, help="plays a second that a web process takes")
    parser.add_argument("--apart", action="store_true", help="the generator on a core of its own")
    parser.add_argument("--find", action="store_true", help="try half of what the machine could do")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    if options.apart:
        # Inherited by whatever is started from here on.
        os.sched_setaffinity(0, cores[:-1])
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as (database, environ):
        slug = open_campaign(database, "product")
        tokens = [Tokens(SECRET).make("member", id.bytes) for id in make_members(database)]
        next_request = plays_of(slug, tokens)

        @contextmanager
        def product(pace: int) -> Iterator[Callable[[float, float], Flood]]:
            """The product with a ceiling of ``pace``, to be flooded at a rate for some seconds."""
            with serving("product", environ, pace=pace) as (port, web_pids):
                if options.apart:
                    os.sched_setaffinity(0, cores[-1:])

                def flooded(rate: float, seconds: float) -> Flood:
                    spent = cpu_now(web_pids, postmaster(Path(folder)))
                    found = flood(port, next_request, rate=rate, seconds=seconds)
                    spent = cpu_now(web_pids, postmaster(Path(folder))) - spent
                    print(f"{rate:,.0f} a second: {found}\n    {spent.each(found.answered)}", flush=True)
                    return found

                yield flooded
            if options.apart:
                os.sched_setaffinity(0, cores[:-1])

        pace = options.pace
        if options.find:
            with product(NO_CEILING) as flooded:
                most = capacity(flooded, options.seconds / 2)
            pace = int(most / 2 / WEB_PROCESSES)
            print(f"{most:,.0f} plays a second at most; SCRM_PLAYS_PER_SECOND={pace} is tried", flush=True)
        with product(pace) as flooded:
            before = capacity(flooded, options.seconds / 2)
            print(f"capacity {before:,.0f} plays a second", flush=True)
            shares, slowest = [], []
            for _ in range(options.rounds):
                found = flooded(options.times * before, options.seconds)
                after = flooded(AT_CAPACITY * before, options.seconds / 2).goodput
                shares.append(found.goodput / ((before + after) / 2))
                # Nothing told 503: what is too much waits instead, and is never told.
                slowest.append(percentile(sorted(found.shed), 99) if found.shed else float("inf"))
                print(f"goodput / capacity = {shares[-1]:.2f}")
                before = after
    share, told = median(shares), median(slowest)
    print(f"goodput / capacity = {share:.2f} ({_verdict(share >= GOODPUT_SHARE)}; asked {GOODPUT_SHARE})")
    print(
        f"503 within {told:.0f} ms ({_verdict(told <= SHED_WITHIN_MS)}; asked {SHED_WITHIN_MS:.0f}); medians"
    )


def _verdict(kept: bool) -> str:
    return "ok" if kept else "MISSED"


if __name__ == "__main__":
    main()
