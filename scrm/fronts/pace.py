"""How many may come in a second."""


class Pace:
    """A token bucket: ``per_second`` may pass, a tenth of a second's worth of them at once after a pause.

    Whoever is refused takes nothing, so that however many come, as many as agreed pass. For one thread.
    """

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second / 10)
        self._left = self._most
        self._filled_at = float("-inf")

    def passes(self, at: float) -> bool:
        """Whether one more may pass ``at`` this reading of a monotonic clock, in seconds."""
        self._left = min(self._most, self._left + (at - self._filled_at) * self._per_second)
        self._filled_at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True
