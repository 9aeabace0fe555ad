"""Guessing many times at once is worth no more tries than guessing one after the other."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import select, text, update

from center_core import member, user
from center_core.kit import Database, Refused, Session
from center_core.member import codes
from center_core.member.models import OneTimeCode
from center_core.user import signing_in
from center_core.user.models import SignInAttempt
from tests import make

from .at_once import PATIENCE, at_once

PHONE = "+8613800138000"


@pytest.fixture
def code(database: Database, now: datetime) -> str:
    """What the SMS to PHONE says."""
    with database.transaction() as db:
        member.request_code(db, phone=PHONE, purpose="join", origin=None, locale="zh", now=now)
        return db.scalar(text("select body->>'code' from outbox")) or ""


def counting(answers: "Counter[str]", act: Callable[[Session], object]) -> Callable[[Session], None]:
    """``act`` as the edge runs it: what a refusal wants kept is committed."""

    def run(db: Session) -> None:
        try:
            act(db)
            answers["accepted"] += 1
        except Refused as refusal:
            answers[refusal.key] += 1
            if not refusal.keep:
                db.rollback()

    return run


def guess(number: int, now: datetime) -> Callable[[Session], object]:
    return lambda db: member.check_code(db, phone=PHONE, code=f"{number:06d}", purpose="join", now=now)


def test_ten_guesses_at_once_are_five_tries(database: Database, code: str, now: datetime) -> None:
    answers: Counter[str] = Counter()
    wrong = [number for number in range(12) if number != int(code)][:10]
    at_once(database, *[counting(answers, guess(number, now)) for number in wrong])
    assert answers == {"code_wrong": codes.TRIES, "code_expired": len(wrong) - codes.TRIES}
    with database.transaction() as db, pytest.raises(Refused):
        guess(int(code), now)(db)


def test_the_right_code_is_accepted_once(database: Database, code: str, now: datetime) -> None:
    answers: Counter[str] = Counter()
    at_once(database, *[counting(answers, guess(int(code), now))] * 5)
    assert answers == {"accepted": 1, "code_expired": 4}


def test_counting_after_looking_gives_everybody_a_try(database: Database, code: str, now: datetime) -> None:
    """The twin: the tries are read, then the guess is compared, then the try is counted."""
    everybody_has_looked = Barrier(10)
    compared = []

    def look_then_count(db: Session) -> None:
        row = db.scalars(select(OneTimeCode)).one()
        everybody_has_looked.wait(PATIENCE)
        if row.tries < codes.TRIES:
            compared.append(row.code_hash)
            db.execute(update(OneTimeCode).values(tries=row.tries + 1))

    assert at_once(database, *[look_then_count] * 10) == {"done": 10}
    assert len(compared) == 10


def test_one_phone_is_sent_one_code_however_often_it_is_asked_for(database: Database, now: datetime) -> None:
    def ask(db: Session) -> None:
        member.request_code(db, phone=PHONE, purpose="join", origin="10.0.0.1", locale="zh", now=now)

    assert at_once(database, *[ask] * 6) == {"done": 1, "code_too_soon": 5}


def test_without_waiting_for_each_other_all_requests_are_sent(database: Database, now: datetime) -> None:
    """The twin: two requests that both look before either is committed."""
    with database.transaction() as one, database.transaction() as other:
        for db in (one, other):
            codes._check_phone(db, PHONE, now)
        for db in (one, other):
            db.execute(
                text("""
                    insert into one_time_code (id, phone, purpose, code_hash, tries, requested_at, expires_at)
                    values (gen_random_uuid(), :phone, 'join', '', 0, :now, :now)
                """),
                {"phone": PHONE, "now": now},
            )
    with database.transaction() as db:
        assert db.scalar(text("select count(*) from one_time_code")) == 2


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No password is ever right, and finding that out takes no time."""
    monkeypatch.setattr(signing_in, "matches", lambda kept, password: False)


@pytest.mark.usefixtures("quick")
def test_twelve_passwords_at_once_are_ten_tries(database: Database, now: datetime) -> None:
    answers: Counter[str] = Counter()

    def try_one(db: Session) -> None:
        user.sign_in(db, login="wang", password="guess", ip=None, now=now)

    for _ in range(2):
        at_once(database, *[counting(answers, try_one)] * 6)
    assert answers == {"sign_in_wrong": 10, "sign_in_throttled": 2}


@pytest.mark.usefixtures("quick")
def test_reading_the_count_first_lets_everybody_try(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the failures are read, then the password is compared, then the failure is counted."""
    everybody_has_looked = Barrier(4)

    def look_then_count(db: Session, subject: str, limit: int, at: datetime) -> bool:
        failures = db.scalar(select(SignInAttempt.failures).where(SignInAttempt.subject == subject))
        everybody_has_looked.wait(PATIENCE)
        db.execute(update(SignInAttempt).values(failures=SignInAttempt.failures + 1))
        return failures is not None and failures < limit

    with database.transaction() as db:
        db.add(SignInAttempt(subject="login:wang", failures=signing_in.FAILURES_FOR_A_LOGIN - 1, since=now))
    monkeypatch.setattr(signing_in, "_take_try", look_then_count)
    answers: Counter[str] = Counter()

    def try_one(db: Session) -> None:
        user.sign_in(db, login="wang", password="guess", ip=None, now=now)

    at_once(database, *[counting(answers, try_one)] * 4)
    assert answers == {"sign_in_wrong": 4}


def test_two_browsers_of_one_person_do_not_refuse_each_other(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        make.staff(db, login="wang")

    def sign_in(db: Session) -> None:
        user.sign_in(db, login="wang", password=make.PASSWORD, ip="10.0.0.1", now=now)

    assert at_once(database, *[sign_in] * 3) == {"done": 3}
