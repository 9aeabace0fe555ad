"""Examines a database: every invariant of every centre, and the events that were given up on."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import NamedTuple

from sqlalchemy import text

from center_core import user
from center_core.kit import Finding, Session

PACKAGES = (
    "center_core.user",
    "center_core.channel",
    "center_core.member",
    "center_core.product",
    "center_core.inventory",
    "center_core.marketing",
    "center_core.order",
    "center_core.settlement",
    "campaigns",
    "campaigns.season",
    "scrm.engagement.conversation",
)

PARKED = text("select id, name, tries, error from outbox where parked_at is not null order by id")


class Examination(NamedTuple):
    """The rules of one part, under its name."""

    part: str
    check: Callable[[Session], Iterable[Finding]]


def examinations(*, public_passwords: Collection[str] = ()) -> Iterator[Examination]:
    """Each front door exports its own `check`; with `public_passwords` nobody may sign in."""
    for package in PACKAGES:
        yield Examination(package.rpartition(".")[2], import_module(package).check)
    yield Examination("events", check_events)
    yield Examination("passwords", partial(check_passwords, public=public_passwords))


def check_events(db: Session) -> Iterable[Finding]:
    """An event that was given up on owes somebody something until a person has looked at it."""
    for row in db.execute(PARKED):
        yield Finding(
            "events.parked", str(row.id), f"{row.name} failed {row.tries} times, last: {row.error or 'lost'}"
        )


def check_passwords(db: Session, *, public: Collection[str]) -> Iterable[Finding]:
    """The demo's people sign in nowhere but in a demo with the password that the demo gave them."""
    from scrm import demo

    return user.check_public_passwords(db, passwords=public, logins=demo.all_logins()) if public else ()
