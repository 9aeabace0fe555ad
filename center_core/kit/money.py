"""Money is an integer number of fen (1/100 yuan); this module only writes and splits it."""

from collections.abc import Sequence


def yuan(fen: int) -> str:
    """``fen`` as people write it: ``5000`` is ``"50"``, ``129990`` is ``"1,299.90"``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}" if rest else "")


def percent_of(fen: int, percent: int) -> int:
    """``percent`` of ``fen``, halves rounded up, as a till does it."""
    return (fen * percent + 50) // 100


def split(fen: int, weights: Sequence[int]) -> list[int]:
    """Share ``fen`` out in proportion to ``weights`` so that the parts add up to exactly ``fen``.

    The largest-remainder method: what rounding leaves over goes to the largest remainders, the first of equals
    first. With no weight at all everything goes to the first part.
    """
    total = sum(weights)
    if not weights:
        raise ValueError("nothing to share out to")
    if total == 0:
        return [fen] + [0] * (len(weights) - 1)
    parts = [fen * w // total for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(fen * weights[i] % total), i))
    for i in by_remainder[: fen - sum(parts)]:
        parts[i] += 1
    return parts
