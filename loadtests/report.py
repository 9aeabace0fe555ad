"""What a run prints: errors and percentiles of each kind of request, and recoveries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from loadtests.book import Attempt, Entry, Phase, of_kind
from loadtests.recovery import LIMITS, Recovery

SECONDS_TO_CHANGE = 2.0
"""The second or two in which users come and go belongs to neither phase."""


def of_peak(entries: Sequence[Entry]) -> list[Attempt]:
    """The attempts whose answers came during the peak."""
    begins = [phase.at for phase in of_kind(entries, Phase) if phase.name == "peak"]
    if not begins:
        return []
    ends = [phase.at for phase in of_kind(entries, Phase) if phase.at > begins[0]] or [float("inf")]
    return [one for one in of_kind(entries, Attempt) if begins[0] + SECONDS_TO_CHANGE <= one.at < ends[0]]


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of the sorted values stay within."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def lines_of(attempts: Iterable[Attempt]) -> list[str]:
    """A table: each kind of request, and all of them."""
    kinds: dict[str, list[Attempt]] = defaultdict(list)
    for one in attempts:
        kinds[one.kind].append(one)
        kinds["all"].append(one)
    table = [f"{'kind':16} {'count':>7} {'errors':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7}  ms"]
    for kind in sorted(kinds, key=lambda kind: (kind == "all", kind)):
        of = kinds[kind]
        times = sorted(one.ms for one in of)
        errors = sum(not one.good for one in of)
        figures = " ".join(f"{percentile(times, p):7.1f}" for p in (50, 95, 99, 100))
        table.append(f"{kind:16} {len(of):7,} {errors:6,} {figures}")
    return table


def rate_of(attempts: Sequence[Attempt]) -> float:
    """Good answers a minute."""
    good = [one.at for one in attempts if one.good]
    return 60 * len(good) / (max(good) - min(good)) if len(good) > 1 and max(good) > min(good) else 0.0


def recovery_lines(recoveries: Iterable[Recovery]) -> list[str]:
    """Each killing with its three times, and whether it kept to the limit of its kind."""
    table = [f"{'killed':24} {'answers':>8} {'chat':>8} {'delivered':>9}  limit (s)"]
    for one in recoveries:
        limit = LIMITS.get(one.killing.kind)
        verdict = "" if limit is None else f"{limit:.0f} {'ok' if one.within_limit else 'MISSED'}"
        times = f"{_seconds(one.answers):>8} {_seconds(one.chat):>8} {_seconds(one.deliveries):>9}"
        table.append(f"{one.killing.what:24} {times}  {verdict}")
    return table


def _seconds(value: float | None) -> str:
    return "not yet" if value is None else f"{value:.1f}"
