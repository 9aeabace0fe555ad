"""Signing in: one answer for an unknown login and a wrong password, and an end to guessing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, Refused, Session

from .models import SignInAttempt, Staff
from .passwords import matches

WINDOW = timedelta(minutes=15)
FAILURES_FOR_A_LOGIN = 10
# Many people share the address of a shopping mall or of headquarters.
FAILURES_FOR_AN_ADDRESS = 100


def sign_in(
    db: Session,
    *,
    login: str,
    password: str,
    ip: str | None,
    now: datetime,
    public: Collection[str] = (),
) -> Staff:
    """The member of staff whom login and password belong to.

    Refuses ``sign_in_wrong``, ``password_public`` where the right password is one that everybody knows
    (``public``), and, after ten failures for one login or a hundred from one address within a
    quarter of an hour, ``sign_in_throttled``. A try is taken from the login's allowance before the password
    is looked at, in one statement that also holds the row until the commit: simultaneous guesses cannot share
    a try.
    """
    login = login.strip().lower()
    address = f"ip:{ip}" if ip else None
    if address and _failures(db, address, now) >= FAILURES_FOR_AN_ADDRESS:
        raise _throttled(db, address, now)
    if not _take_try(db, f"login:{login}", FAILURES_FOR_A_LOGIN, now):
        raise _throttled(db, f"login:{login}", now)

    found = db.scalar(select(Staff).where(Staff.login == login, Staff.active))
    if not matches(found.password_hash if found else None, password) or found is None:
        if address:
            _take_try(db, address, FAILURES_FOR_AN_ADDRESS, now)
        raise Refused("sign_in_wrong", N_("The login or the password is not right."), keep=True)
    if password in public:
        raise Refused(
            "password_public",
            N_(
                "This password is the demo's, which is public. An administrator can set you a new one; "
                "an administrator's own is set by whoever runs the server, with scrm admin LOGIN."
            ),
        )
    db.execute(delete(SignInAttempt).where(SignInAttempt.subject == f"login:{login}"))
    return found


def forget_attempts(db: Session, *, now: datetime, limit: int = 1000) -> int:
    """Remove up to ``limit`` counters whose window is over; returns how many."""
    over = select(SignInAttempt.subject).where(SignInAttempt.since < now - WINDOW).limit(limit)
    return len(
        db.scalars(
            delete(SignInAttempt).where(SignInAttempt.subject.in_(over)).returning(SignInAttempt.subject)
        ).all()
    )


def _take_try(db: Session, subject: str, limit: int, now: datetime) -> bool:
    """Count one more try, unless the window's allowance is used up."""
    window_over = SignInAttempt.since < now - WINDOW
    counted = (
        insert(SignInAttempt)
        .values(subject=subject, failures=1, since=now)
        .on_conflict_do_update(
            index_elements=["subject"],
            set_={
                "failures": case((window_over, 1), else_=SignInAttempt.failures + 1),
                "since": case((window_over, now), else_=SignInAttempt.since),
            },
            where=or_(window_over, SignInAttempt.failures < limit),
        )
        .returning(text("1"))
    )
    return db.scalar(counted) is not None


def _failures(db: Session, subject: str, now: datetime) -> int:
    counted = select(SignInAttempt.failures).where(
        SignInAttempt.subject == subject, SignInAttempt.since >= now - WINDOW
    )
    return db.scalar(counted) or 0


def _throttled(db: Session, subject: str, now: datetime) -> Refused:
    since = db.scalar(select(SignInAttempt.since).where(SignInAttempt.subject == subject)) or now
    wait = max(1, int((since + WINDOW - now).total_seconds()))
    return Refused(
        "sign_in_throttled",
        N_("Too many tries. Please try again in %(minutes)s min."),
        minutes=-(-wait // 60),
        retry_after=wait,
    )
