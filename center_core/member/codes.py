"""One-time codes by SMS: rarely sent, quickly worthless, and not to be guessed."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
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
# Shoppers of a whole mall may share one address.
PER_ADDRESS_AND_HOUR = 100


def request_code(db: Session, *, phone: str, purpose: str, ip: str | None, locale: str, now: datetime) -> str:
    """Have a code sent to ``phone``; returns the number as it is kept (E.164).

    Only the newest code of a purpose counts. Refuses ``phone_invalid``, ``code_too_soon`` (within a minute of
    the last), and ``code_too_many`` for the phone or the address. Requests for one phone wait for each other,
    so that simultaneous ones cannot all find the allowance unused; addresses are only counted.
    """
    phone = normal_phone(phone)
    db.execute(
        text("select pg_advisory_xact_lock(hashtextextended('one_time_code:' || :phone, 0))"),
        {"phone": phone},
    )
    _check_phone(db, phone, now)
    if ip is not None:
        _check_address(db, ip, now)

    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    id = uuid7()
    db.add(
        OneTimeCode(
            id=id,
            phone=phone,
            purpose=purpose,
            code_hash=_hash(id, code),
            ip=ip,
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
    one. Refuses ``code_wrong`` with the tries that are left, and ``code_expired`` when there is no code
    that could still be right.
    """
    phone = normal_phone(phone)
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


def _check_address(db: Session, ip: str, now: datetime) -> None:
    asked = select(func.count()).where(
        OneTimeCode.ip == ip, OneTimeCode.requested_at > now - timedelta(hours=1)
    )
    if (db.scalar(asked) or 0) >= PER_ADDRESS_AND_HOUR:
        raise _too_many(3600)


def _too_many(seconds: int) -> Refused:
    return Refused(
        "code_too_many", N_("Too many codes were sent. Please try again later."), retry_after=seconds
    )


def _hash(id: UUID, code: str) -> bytes:
    return hmac.digest(id.bytes, code.encode(), hashlib.sha256)
