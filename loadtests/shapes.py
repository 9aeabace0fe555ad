"""The pulse: valley, peak, valley - how a campaign evening arrives."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Self

HEADLINE = 17_000
"""Requests a minute that the peak is made of."""

PACE = 2.0
"""Requests a second of one user: few users with quick fingers cost the generator less than many slow ones."""

VALLEY_SHARE = 0.2


@dataclass(frozen=True)
class Pulse:
    """Seconds of each part, and the peak's requests a minute."""

    valley: float = 30.0
    peak: float = 130.0
    rate: float = HEADLINE

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """``LOAD_VALLEY``, ``LOAD_PEAK`` in seconds and ``LOAD_RATE`` a minute, for short runs."""
        names = {"valley": "LOAD_VALLEY", "peak": "LOAD_PEAK", "rate": "LOAD_RATE"}
        return cls(**{field: float(environ[name]) for field, name in names.items() if name in environ})

    @property
    def seconds(self) -> float:
        return 2 * self.valley + self.peak

    @property
    def users_at_peak(self) -> int:
        return ceil(self.rate / 60 / PACE)

    def phase(self, at: float) -> str:
        """What the load is ``at`` seconds after the start."""
        if at >= self.seconds:
            return "done"
        return "peak" if self.valley <= at < self.valley + self.peak else "valley"

    def users(self, at: float) -> int:
        """How many users there are ``at`` seconds after the start."""
        whole = {"peak": 1.0, "valley": VALLEY_SHARE, "done": 0.0}[self.phase(at)]
        return ceil(self.users_at_peak * whole)
