"""Why a result cannot be true, as a stable key and a text."""


def N_(text: str) -> str:
    """Mark a text for translation; this package knows no language."""
    return text


class Impossible(Exception):
    """The recorded inputs cannot come from a round that was played; nothing of it counts.

    ``key`` is stable, ``text`` is English with ``%(name)s`` placeholders, filled from ``reasons``.
    """

    def __init__(self, key: str, text: str, **reasons: int | str) -> None:
        super().__init__(key)
        self.key = key
        self.text = text
        self.reasons = reasons

    def __str__(self) -> str:
        return f"{self.key}: {self.text % self.reasons if self.reasons else self.text}"
