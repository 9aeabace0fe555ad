"""One-time codes by SMS: rarely sent, quickly worthless, and not to be guessed."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from center_core.kit import N_, Refused, Session, publish, uuid7

from .events import OneTimeCodeRequested
from .models import OneTimeCode
from .names import normal_phone

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
TRIES = 5
APART = timedelta(seconds=60)
PER_PHONE_AND_HOUR = 5
PER_PHONE_AND_DAY = 10
# A mall or a carrier shows all its shoppers under one address, and on a campaign's evening hundreds of them join within
# the hour, some of whom ask twice. Whoever has as many sent to strangers costs us a thousand messages, and each of them
# a few: a phone has limits of its own.
PER_ORIGIN_AND_HOUR = 1_000
# All consumers of an e-shop come from the one store that it is.
PER_ESHOP_AND_HOUR = 10_000
# What must stay few are guesses: five for one code are nothing, but for a thousand they are five thousand. Where 200
# wrong ones in an hour are the end of it, over whatever phones, a right one is found once in 200 days; and one in five
# of a thousand honest people may mistype theirs.
WRONG_PER_ORIGIN_AND_HOUR = 200


def request_code(
    db: Session,
    *,
    phone: str,
    purpose: str,
    origin: str | None,
    locale: str,
    now: datetime,
    an_hour: int = PER_ORIGIN_AND_HOUR,
) -> str:
    """Have a code sent to ``phone``; returns the number as it is kept (E.164).

    Only the newest code of a purpose counts. Refuses ``phone_invalid``, ``code_too_soon`` (within a minute of
    the last), and ``code_too_many`` for the phone, or for its ``origin`` that has had as many as it may ``an_hour``.
    Requests for one phone wait for each other, so that simultaneous ones cannot all find the allowance unused; those of
    one origin are only counted.
    """
    phone = normal_phone(phone)
    db.execute(
        text("select pg_advisory_xact_lock(hashtextextended('one_time_code:' || :phone, 0))"),
        {"phone": phone},
    )
    _check_phone(db, phone, now)
    if origin is not None and _sent_from(db, origin, now).codes >= an_hour:
        raise _too_many(3600)

    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    id = uuid7()
    db.add(
        OneTimeCode(
            id=id,
            phone=phone,
            purpose=purpose,
            code_hash=_hash(id, code),
            origin=origin,
            tries=0,
            requested_at=now,
            expires_at=now + VALID_FOR,
            consumed_at=None,
        )
    )
    db.flush()
    publish(
        db,
        OneTimeCodeRequested(
            phone=phone, code=code, locale=locale, purpose=purpose, expires_at=now + VALID_FOR
        ),
        now=now,
    )
    return phone


def check_code(db: Session, *, phone: str, code: str, purpose: str, now: datetime) -> str:
    """The phone's number, if ``code`` is the newest one sent to it for ``purpose``; it is then used up.

    A try is taken in one statement before anything is compared, so that simultaneous guesses cannot share
    one. Refuses ``code_wrong`` with the tries that are left, ``code_expired`` when there is no code that
    could still be right, and ``code_too_many`` when too many that were asked for where this one was were guessed at.
    """
    phone = normal_phone(phone)
    _check_guesses(db, phone, purpose, now)
    newest = (
        select(OneTimeCode.id)
        .where(OneTimeCode.phone == phone, OneTimeCode.purpose == purpose)
        .order_by(OneTimeCode.requested_at.desc(), OneTimeCode.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    taken = db.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.id == newest,
            OneTimeCode.consumed_at.is_(None),
            OneTimeCode.expires_at > now,
            OneTimeCode.tries < TRIES,
        )
        .values(tries=OneTimeCode.tries + 1)
        .returning(OneTimeCode.id, OneTimeCode.code_hash, OneTimeCode.tries)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        raise Refused("code_expired", N_("This code is not valid any more. Please ask for a new one."))
    if not hmac.compare_digest(taken.code_hash, _hash(taken.id, code.strip())):
        left = TRIES - taken.tries
        raise Refused(
            "code_wrong",
            N_("This is not the code. Tries left: %(tries_left)s."),
            keep=True,
            tries_left=left,
        )
    db.execute(
        update(OneTimeCode)
        .where(OneTimeCode.id == taken.id)
        .values(consumed_at=now)
        .execution_options(synchronize_session=False)
    )
    return phone


def forget_codes(db: Session, *, now: datetime, limit: int = 1000) -> int:
    """Remove up to ``limit`` codes that no longer count towards any allowance; returns how many."""
    past = select(OneTimeCode.id).where(OneTimeCode.requested_at < now - timedelta(days=1)).limit(limit)
    return len(
        db.scalars(delete(OneTimeCode).where(OneTimeCode.id.in_(past)).returning(OneTimeCode.id)).all()
    )


def _check_phone(db: Session, phone: str, now: datetime) -> None:
    in_the_hour = func.count().filter(OneTimeCode.requested_at > now - timedelta(hours=1))
    day, hour, last = db.execute(
        select(func.count(), in_the_hour, func.max(OneTimeCode.requested_at)).where(
            OneTimeCode.phone == phone, OneTimeCode.requested_at > now - timedelta(days=1)
        )
    ).one()
    if last is not None and last > now - APART:
        wait = int((last + APART - now).total_seconds()) or 1
        raise Refused(
            "code_too_soon",
            N_("A code was just sent. You can ask for another in %(retry_after)s seconds."),
            retry_after=wait,
        )
    if hour >= PER_PHONE_AND_HOUR or day >= PER_PHONE_AND_DAY:
        raise _too_many(3600)


class Sent(NamedTuple):
    """How many codes were sent in the last hour, and how often a wrong one was named in their place."""

    codes: int
    wrong: int


def _sent_from(db: Session, origin: str, now: datetime) -> Sent:
    tries, right = func.coalesce(func.sum(OneTimeCode.tries), 0), func.count(OneTimeCode.consumed_at)
    sent = select(func.count(), tries - right).where(
        OneTimeCode.origin == origin, OneTimeCode.requested_at > now - timedelta(hours=1)
    )
    return Sent(*db.execute(sent).one())


def _check_guesses(db: Session, phone: str, purpose: str, now: datetime) -> None:
    """Where the code was asked for counts, not where it is tried: a guesser may change addresses between the two."""
    origin = db.scalar(
        select(OneTimeCode.origin)
        .where(OneTimeCode.phone == phone, OneTimeCode.purpose == purpose)
        .order_by(OneTimeCode.requested_at.desc(), OneTimeCode.id.desc())
        .limit(1)
    )
    if origin is None:
        return
    sent = _sent_from(db, origin, now)
    if sent.wrong >= max(WRONG_PER_ORIGIN_AND_HOUR, sent.codes // 5):
        raise Refused(
            "code_too_many",
            N_("Too many wrong codes were tried here. Please try again later."),
            retry_after=3600,
        )


def _too_many(seconds: int) -> Refused:
    return Refused(
        "code_too_many", N_("Too many codes were sent. Please try again later."), retry_after=seconds
    )


def _hash(id: UUID, code: str) -> bytes:
    return hmac.digest(id.bytes, code.encode(), hashlib.sha256)
