"""Signing in, and guessing passwords."""

from datetime import timedelta

import pytest

from center_core import user
from center_core.kit import Refused, Session
from center_core.user.signing_in import FAILURES_FOR_A_LOGIN, FAILURES_FOR_AN_ADDRESS, WINDOW
from tests import make


def refusal_of(db: Session, *, login, password, now, ip="10.0.0.1") -> Refused:
    with pytest.raises(Refused) as refusal:
        user.sign_in(db, login=login, password=password, ip=ip, now=now)
    return refusal.value


def test_login_in_any_case_with_its_password(db: Session, now) -> None:
    staff = make.staff(db, login="Wang.Li")
    assert user.sign_in(db, login=" WANG.li ", password=make.PASSWORD, ip="10.0.0.1", now=now) == staff


def test_unknown_login_wrong_password_and_leaver_get_the_same_answer(db: Session, now) -> None:
    make.staff(db, login="here")
    make.staff(db, login="nopassword", password=None)
    gone = make.staff(db, login="gone")
    user.deactivate(db, staff_id=gone.id, now=now)
    answers = {
        str(refusal_of(db, login=login, password=password, now=now))
        for login, password in (
            ("here", "not the password"), ("nobody", make.PASSWORD), ("gone", make.PASSWORD),
            ("nopassword", "nobody has this password"),
        )
    }  # fmt: skip
    assert answers == {"sign_in_wrong: The login or the password is not right."}


def test_the_refusal_keeps_its_count(db: Session, now) -> None:
    assert refusal_of(db, login="nobody", password="wrong", now=now).keep


def test_after_ten_failures_even_the_right_password_waits(db: Session, now) -> None:
    make.staff(db, login="wang")
    for _ in range(FAILURES_FOR_A_LOGIN):
        assert refusal_of(db, login="wang", password="guess", now=now).key == "sign_in_wrong"
    later = now + timedelta(minutes=5)
    refusal = refusal_of(db, login="wang", password=make.PASSWORD, now=later)
    assert (refusal.key, refusal.reasons) == ("sign_in_throttled", {"minutes": 10, "retry_after": 600})
    user.sign_in(db, login="wang", password=make.PASSWORD, ip=None, now=now + WINDOW + timedelta(seconds=1))


def test_signing_in_clears_the_count(db: Session, now) -> None:
    make.staff(db, login="wang")
    for _ in range(3):
        for _ in range(FAILURES_FOR_A_LOGIN - 1):
            refusal_of(db, login="wang", password="guess", now=now)
        user.sign_in(db, login="wang", password=make.PASSWORD, ip="10.0.0.1", now=now)


def test_an_address_that_tries_many_logins_is_stopped(db: Session, now, monkeypatch) -> None:
    monkeypatch.setattr("center_core.user.signing_in.matches", lambda kept, password: False)
    for number in range(FAILURES_FOR_AN_ADDRESS):
        refusal_of(db, login=f"login{number}", password="guess", now=now)
    assert refusal_of(db, login="another", password="guess", now=now).key == "sign_in_throttled"
    assert refusal_of(db, login="another", password="guess", now=now, ip="10.0.0.2").key == "sign_in_wrong"


def test_old_counters_are_forgotten(db: Session, now) -> None:
    refusal_of(db, login="nobody", password="guess", now=now)
    assert user.forget_attempts(db, now=now + WINDOW) == 0
    assert user.forget_attempts(db, now=now + WINDOW + timedelta(seconds=1), limit=1) == 1
    assert user.forget_attempts(db, now=now + WINDOW + timedelta(seconds=1)) == 1


def test_a_new_password_replaces_the_old(db: Session, now) -> None:
    staff = make.staff(db, login="wang")
    user.set_password(db, staff_id=staff.id, password="another long password", now=now)
    assert refusal_of(db, login="wang", password=make.PASSWORD, now=now).key == "sign_in_wrong"
    user.sign_in(db, login="wang", password="another long password", ip=None, now=now)


def test_a_short_password_is_refused(db: Session, now) -> None:
    staff = make.staff(db, password=None)
    with pytest.raises(Refused) as refusal:
        user.set_password(db, staff_id=staff.id, password="123456789", now=now)
    assert refusal.value.key == "password_short"


def test_a_login_is_given_once(db: Session) -> None:
    make.staff(db, login="wang", password=None)
    with pytest.raises(Refused) as refusal:
        make.staff(db, login="WANG", password=None)
    assert refusal.value.key == "login_taken"


def test_a_password_that_everybody_knows_is_refused_only_where_it_is_right(db: Session, now) -> None:
    make.staff(db, login="guide001", password="known to all")
    make.staff(db, login="wang")

    def key(login: str) -> str:
        with pytest.raises(Refused) as refusal:
            user.sign_in(db, login=login, password="known to all", ip=None, now=now, public={"known to all"})
        return refusal.value.key

    assert key("guide001") == "password_public"
    assert key("wang") == "sign_in_wrong"
    assert user.sign_in(db, login="guide001", password="known to all", ip=None, now=now)
