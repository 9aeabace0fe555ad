"""The three ways in which a service says no, each with a stable key and machine-readable reasons."""

from typing import Any


def N_(text: str) -> str:
    """Mark a text for translation where no reader, and so no language, is known yet."""
    return text


class Fault(Exception):
    """A request that is answered with a no.

    ``key`` is stable and part of the interface; ``text`` is English with ``%(name)s`` placeholders, marked
    with ``N_`` at the call, and translated at the edge; ``reasons`` fills the placeholders and is given to
    machines as it is, so its values must be fit for JSON.

    The edge rolls back what the request wrote, unless ``keep`` is true: then what was written so far IS the
    record of the refusal (a counted wrong guess, say) and is committed.
    """

    def __init__(self, key: str, text: str, *, keep: bool = False, **reasons: Any) -> None:
        super().__init__(key)
        self.key = key
        self.text = text
        self.keep = keep
        self.reasons = reasons

    def __str__(self) -> str:
        return f"{self.key}: {self.text % self.reasons if self.reasons else self.text}"


class NotFound(Fault):
    """What was asked for does not exist, or not for this reader."""


class Refused(Fault):
    """The thing exists, but its rules do not allow this now."""


class Forbidden(Fault):
    """The one who asks may not do this."""
