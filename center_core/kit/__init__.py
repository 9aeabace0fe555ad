"""What every centre stands on: session, ids, outbox, key families, money, clock, errors."""

from .apart import apart, failed_apart
from .clock import local_day, utcnow
from .db import Base, Database, Looking, Session, look_up
from .errors import N_, Fault, Forbidden, NotFound, Refused
from .family import DIRECTORY, LOCAL, MEMBER, REFERENCE, distribution, family, place
from .finding import Finding, breaches
from .ids import CODE_ALPHABET, least_id, random_code, uuid7
from .money import percent_of, split, yuan
from .outbox import (
    Carrier,
    Delivery,
    Event,
    Handler,
    Outbox,
    Outside,
    Telling,
    Together,
    publish,
    publish_all,
    together,
)
from .page import Page, after_id, after_moment, after_number, moment_cursor

__all__ = [
    "CODE_ALPHABET",
    "DIRECTORY",
    "LOCAL",
    "MEMBER",
    "N_",
    "REFERENCE",
    "Base",
    "Carrier",
    "Database",
    "Delivery",
    "Event",
    "Fault",
    "Finding",
    "Forbidden",
    "Handler",
    "Looking",
    "NotFound",
    "Outbox",
    "Outside",
    "Page",
    "Refused",
    "Session",
    "Telling",
    "Together",
    "after_id",
    "after_moment",
    "after_number",
    "apart",
    "breaches",
    "distribution",
    "failed_apart",
    "family",
    "least_id",
    "local_day",
    "look_up",
    "moment_cursor",
    "percent_of",
    "place",
    "publish",
    "publish_all",
    "random_code",
    "split",
    "together",
    "utcnow",
    "uuid7",
    "yuan",
]  # fmt: skip
