"""How long after each killing the installation was itself again, from the clients' book and the outbox."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import NamedTuple

from sqlalchemy import text

from center_core.kit import Session
from loadtests.book import Attempt, Entry, of_kind
from loadtests.killings import WIPE, Killing

WINDOW = 0.5
STEP = 0.1
ENOUGH = 0.9
NOTICED_WITHIN = 2.0
LIMITS = {"web": 2.0, "postgres": 5.0, "valkey": 10.0, WIPE: 10.0, "worker": 30.0, "relay": 30.0}
"""Seconds that DESIGN section 10 allows, by kind; others are only reported."""

CHAT = "chat message"


class Happening(NamedTuple):
    """An event of the outbox: when it was published, and when its last reaction was done."""

    occurred_at: float
    done_at: float


@dataclass(frozen=True)
class Recovery:
    """Seconds until good answers were back at 90 %, until chat was, and until what waited was delivered.

    ``None``: not before the next killing, or never.
    """

    killing: Killing
    answers: float | None
    chat: float | None
    deliveries: float | None

    @property
    def decisive(self) -> float | None:
        """The measure that the limit of this kind speaks of."""
        by_kind = {"worker": self.deliveries, "relay": self.deliveries, "realtime": self.chat}
        if self.killing.kind in ("valkey", WIPE):
            known = [seconds for seconds in (self.answers, self.deliveries) if seconds is not None]
            return max(known) if len(known) == 2 else None
        return by_kind.get(self.killing.kind, self.answers)

    @property
    def within_limit(self) -> bool:
        limit = LIMITS.get(self.killing.kind)
        return limit is None or (self.decisive is not None and self.decisive <= limit)


def recoveries(
    entries: Sequence[Entry], killings: Sequence[Killing], happenings: Sequence[Happening]
) -> list[Recovery]:
    """One for each killing; each is looked at until the next one."""
    attempts = [one for one in of_kind(entries, Attempt) if one.good]
    everything = sorted(one.at for one in attempts)
    chat = sorted(one.at for one in attempts if one.kind == CHAT)
    ends = [one.at for one in killings[1:]] + [everything[-1] if everything else 0.0]
    return [
        Recovery(
            killing,
            answers=back_at_usual(everything, killing.at, until),
            chat=back_at_usual(chat, killing.at, until, window=4 * WINDOW),
            deliveries=all_delivered(happenings, killing.at),
        )
        for killing, until in zip(killings, ends, strict=True)
    ]


def back_at_usual(
    moments: Sequence[float], killed_at: float, until: float, *, window: float = WINDOW
) -> float | None:
    """Seconds until good answers came at 90 % of their usual rate again; 0 if they never came slower.

    ``moments`` are those of all good answers, in order. The usual rate is the median over the whole run.
    """
    enough = ENOUGH * usual_rate(moments) * window
    fell = False
    for step in range(int((until - killed_at - window) / STEP) + 1):
        after = step * STEP
        begins = killed_at + after
        count = bisect_left(moments, begins + window) - bisect_left(moments, begins)
        if count < enough:
            fell = True
        elif fell:
            return after
        elif after > NOTICED_WITHIN:
            return 0.0
    return None if fell else 0.0


def usual_rate(moments: Sequence[float]) -> float:
    """Good answers a second, the median over whole seconds."""
    if len(moments) < 2:
        return 0.0
    seconds = range(int(moments[0]) + 1, int(moments[-1]))
    return median(
        [bisect_left(moments, second + 1) - bisect_left(moments, second) for second in seconds]
        or [len(moments)]
    )


def all_delivered(happenings: Sequence[Happening], killed_at: float) -> float | None:
    """Seconds until everything was delivered that waited at the killing or was published in the second after it."""
    waiting = [
        one.done_at - killed_at
        for one in happenings
        if one.occurred_at <= killed_at + 1 and one.done_at > killed_at
    ]
    return max(waiting) if waiting else 0.0


HAPPENINGS = text(
    "select occurred_at, done_at from outbox where done_at is not null and occurred_at >= :since order by done_at"
)


def read_happenings(db: Session, since: datetime) -> list[Happening]:
    """The outbox of the run."""
    rows = db.execute(HAPPENINGS, {"since": since})
    return [Happening(occurred.timestamp(), done.timestamp()) for occurred, done in rows]
