"""What ``scrm doctor`` reports: an invariant that does not hold, or a balance that its postings do not add up to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``check`` names the rule, ``subject`` the row, ``detail`` says what is there and what should be."""

    check: str
    subject: str
    detail: str
