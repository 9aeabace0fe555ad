"""Identifiers: time-ordered UUIDs made by the application, so that no node has to be asked for the next one."""

import secrets
import uuid
from datetime import datetime

from uuid_utils.compat import uuid7 as _uuid7

# Without 0/O, 1/I/L, so that a code can be read out at a till.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def uuid7() -> uuid.UUID:
    """A new version-7 UUID; those made later sort later, to the millisecond."""
    return _uuid7()


def least_id(at: datetime) -> uuid.UUID:
    """Below all ids made at ``at`` or later, and above those made a millisecond before."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)


def random_code(length: int = 12) -> str:
    """A code from chance that people can type: 4.95 bits for each character, unguessable from 12 on."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
