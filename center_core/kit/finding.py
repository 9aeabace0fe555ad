"""What ``scrm doctor`` reports: an invariant that does not hold, or a balance that its postings do not add up to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Finding:
    """``check`` names the rule, ``subject`` the row, ``detail`` says what is there and what should be."""

    check: str
    subject: str
    detail: str


def breaches(db: Session, rules: Mapping[str, str]) -> Iterator[Finding]:
    """What ``rules`` find: each is a name and a statement whose rows are the subject and the detail of a breach."""
    for rule, statement in rules.items():
        for subject, detail in db.execute(text(statement)):
            yield Finding(rule, subject, detail)
