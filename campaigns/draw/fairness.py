"""Provably fair numbers: a secret seed, its fingerprint shown beforehand, and a HMAC for each play.

At the first publication the engine stores a secret seed and shows its SHA-256. The number of a play is taken from
HMAC-SHA256(seed, "campaign:member:key"), where the key is made on the phone: neither side can choose the result,
and once the seed is revealed anybody can compute it again. ``docs/verify_draw.py`` does so with nothing but the
standard library, and states the same formulas on purpose.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

NUMBER_BITS = 48
"""A number has 48 bits, so that a browser's script holds it exactly and a million parts leave no bias to see."""

FINAL_DRAW_KEY = "final:draw"
"""The key of the draw at the end of an ``exactly`` campaign; the colon keeps it apart from all phones' keys."""


def new_seed() -> bytes:
    """256 bits from chance."""
    return secrets.token_bytes(32)


def seed_hash(seed: bytes) -> str:
    """What is shown while the seed is secret."""
    return hashlib.sha256(seed).hexdigest()


def number_of(seed: bytes, campaign_id: UUID | str, member_id: UUID | str, key: str) -> int:
    """The number of the play of ``member_id`` under ``key``: 0 <= number < 2**48."""
    return _number(seed, f"{campaign_id}:{member_id}:{key}")


def moment_number(seed: bytes, campaign_id: UUID, prize_no: int, piece: int) -> int:
    """The number that decides the moment of release of the ``piece``-th unit of a prize."""
    return _number(seed, f"{campaign_id}:moment:{prize_no}:{piece}")


def _number(seed: bytes, message: str) -> int:
    return int.from_bytes(hmac.digest(seed, message.encode(), "sha256")[: NUMBER_BITS // 8])
