"""Files as a brand would bring them, and what is told of wrong ones."""

from collections.abc import Callable
from datetime import datetime

import pytest

from center_core.kit import Session
from scrm.importing import Outcome, WrongFile

Importing = Callable[..., Outcome]


def bring(importing: Importing, db: Session, text: str, *, now: datetime, encoding: str = "utf-8") -> Outcome:
    """Bring in ``text`` as a file called ``a.csv``."""
    return importing(db, text.encode(encoding), file="a.csv", now=now)


def faults(importing: Importing, db: Session, text: str, *, now: datetime) -> list[str]:
    """All that is told of a file that is refused."""
    with pytest.raises(WrongFile) as wrong:
        bring(importing, db, text, now=now)
    return list(map(str, wrong.value.faults))


def counted(outcome: Outcome) -> dict[str, tuple[int, int, int]]:
    """Made, changed and unchanged of each kind of thing."""
    return {what: (count.made, count.changed, count.unchanged) for what, count in outcome.counts.items()}
