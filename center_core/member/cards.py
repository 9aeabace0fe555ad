"""The member card: its number, and the code on the phone that shows it is held by its owner right now."""

import hashlib
import hmac
import secrets
from datetime import datetime

from .models import Member

NUMBER_DIGITS = 12
TIME_DIGITS = 6
STEP_SECONDS = 30
# A clerk may scan just after the code changed, and clocks differ a little.
STEPS_EITHER_SIDE = 1


def card_number(serial: int) -> str:
    """The 12-digit number for ``serial`` (below 10 to the 11th): eleven digits and a check digit (Luhn)."""
    digits = f"{serial:0{NUMBER_DIGITS - 1}d}"
    # From the right, every other digit counts double; of a two-digit product both digits count.
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    total = sum(value // 10 + value % 10 for value in doubled)
    return f"{digits}{-total % 10}"


def random_card_number() -> str:
    """A number from chance that begins with 6, so that nobody can tell how many members there are."""
    return card_number(6 * 10**10 + secrets.randbelow(10**10))


def is_card_number(text: str) -> bool:
    """Whether ``text`` has twelve digits of which the last fits the others."""
    return (
        len(text) == NUMBER_DIGITS
        and text.isascii()
        and text.isdigit()
        and card_number(int(text[:-1])) == text
    )


def dynamic_code(member: Member, now: datetime) -> str:
    """What the member's QR code says now: the card number and six digits of this half minute (18 in all)."""
    return f"{member.number}{_time_code(member.card_secret, _step(now))}"


def is_fresh(card_secret: bytes, time_code: str, now: datetime) -> bool:
    """Whether ``time_code`` is that of the card's secret for this half minute or for the ones beside it."""
    around = range(_step(now) - STEPS_EITHER_SIDE, _step(now) + STEPS_EITHER_SIDE + 1)
    return any(hmac.compare_digest(_time_code(card_secret, step), time_code) for step in around)


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def _time_code(secret: bytes, step: int) -> str:
    """RFC 6238 with SHA-256: the last four bits of the digest say where to read 31 bits of it."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha256)
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**TIME_DIGITS:0{TIME_DIGITS}d}"
