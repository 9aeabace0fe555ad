"""Passwords of staff: how they are hashed, and which are refused."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from center_core.kit import N_, Refused

SHORTEST = 10

# OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane; about 40 ms on the machine of 2026.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# What an unknown login is compared with, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash("nobody has this password")


def hash_of(password: str) -> str:
    """The hash to keep. Refuses what is shorter than ten characters; asks for nothing else."""
    if len(password) < SHORTEST:
        raise Refused("password_short", N_("A password needs at least %(least)s characters."), least=SHORTEST)
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether ``password`` made ``kept``; without a hash it takes the same time and is never true."""
    try:
        return _hasher.verify(kept or _NOBODY, password) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
