"""One-time codes: what is sent, what is accepted, and what guessing runs into."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import Refused, Session
from center_core.member import codes
from tests import make

IP = "10.0.0.1"


def ask(db: Session, phone: str, at, *, ip: str | None = IP, purpose: str = "join") -> str:
    """Request a code; gives what the SMS would say."""
    member.request_code(db, phone=phone, purpose=purpose, origin=ip, locale="zh", now=at)
    newest = "select body from outbox where name = 'OneTimeCodeRequested' order by id desc limit 1"
    body = db.scalar(text(newest))
    assert (body["purpose"], body["locale"]) == (purpose, "zh")
    return body["code"]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refusal_of(db: Session, phone: str, code: str, at, purpose: str = "join") -> Refused:
    with pytest.raises(Refused) as refusal:
        member.check_code(db, phone=phone, code=code, purpose=purpose, now=at)
    return refusal.value


@pytest.mark.parametrize("written", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "008613800138000"])
def test_the_same_number_however_it_is_written(db: Session, now, written) -> None:
    code = ask(db, written, now)
    assert (
        member.check_code(db, phone="+8613800138000", code=code, purpose="join", now=now) == "+8613800138000"
    )


@pytest.mark.parametrize("written", ["", "12345", "138001380000", "hello", "+1", "１３８", "\x00", "9" * 300])
def test_what_is_not_a_phone_number_is_refused(db: Session, now, written) -> None:
    with pytest.raises(Refused) as refusal:
        ask(db, written, now)
    assert refusal.value.key == "phone_invalid"


def test_a_code_counts_once(db: Session, now) -> None:
    phone = make.phone_number()
    code = ask(db, phone, now)
    member.check_code(db, phone=phone, code=f" {code} ", purpose="join", now=now)
    assert refusal_of(db, phone, code, now).key == "code_expired"


def test_a_code_counts_for_five_minutes_for_its_purpose_and_phone(db: Session, now) -> None:
    phone = make.phone_number()
    code = ask(db, phone, now)
    assert refusal_of(db, phone, code, now, purpose="sign_in").key == "code_expired"
    assert refusal_of(db, make.phone_number(), code, now).key == "code_expired"
    assert refusal_of(db, phone, code, now + timedelta(minutes=5)).key == "code_expired"
    member.check_code(db, phone=phone, code=code, purpose="join", now=now + timedelta(minutes=4, seconds=59))


def test_after_five_wrong_guesses_the_right_code_is_worthless(db: Session, now) -> None:
    phone = make.phone_number()
    code = ask(db, phone, now)
    for left in (4, 3, 2, 1, 0):
        refusal = refusal_of(db, phone, other_than(code), now)
        assert (refusal.key, refusal.reasons, refusal.keep) == ("code_wrong", {"tries_left": left}, True)
    assert refusal_of(db, phone, code, now).key == "code_expired"


@pytest.mark.parametrize("guess", ["", "0", "☃", "\x00", "1" * 5000, "１２３４５６"])
def test_nonsense_is_a_wrong_guess(db: Session, now, guess) -> None:
    phone = make.phone_number()
    ask(db, phone, now)
    assert refusal_of(db, phone, guess, now).key == "code_wrong"


def test_only_the_newest_code_counts(db: Session, now) -> None:
    phone = make.phone_number()
    first = ask(db, phone, now)
    later = now + timedelta(seconds=61)
    second = ask(db, phone, later)
    if first != second:
        assert refusal_of(db, phone, first, later).key == "code_wrong"
    member.check_code(db, phone=phone, code=second, purpose="join", now=later)


def test_codes_are_a_minute_apart(db: Session, now) -> None:
    phone = make.phone_number()
    ask(db, phone, now)
    with pytest.raises(Refused) as refusal:
        ask(db, phone, now + timedelta(seconds=20), purpose="sign_in")
    assert (refusal.value.key, refusal.value.reasons) == ("code_too_soon", {"retry_after": 40})
    ask(db, phone, now + timedelta(seconds=60))


def test_a_phone_is_sent_five_codes_an_hour_and_ten_a_day(db: Session, now) -> None:
    phone = make.phone_number()
    sent, refused = 0, 0
    for minute in range(0, 24 * 60, 10):
        try:
            ask(db, phone, now + timedelta(minutes=minute))
            sent += 1
        except Refused as refusal:
            refused += refusal.key == "code_too_many"
        if minute < 60:
            assert sent <= codes.PER_PHONE_AND_HOUR
    assert (sent, sent + refused) == (codes.PER_PHONE_AND_DAY, 144)


def sent_before(db: Session, number: int, at, *, wrong: int = 0, right: int = 0) -> None:
    """So many codes were sent to others at the address, ``wrong`` of which were guessed at and ``right`` used."""
    db.execute(
        text("insert into one_time_code (id, phone, purpose, code_hash, ip, tries, requested_at, expires_at,"
             " consumed_at) select gen_random_uuid(), 'x' || n, 'join', '', :ip, (n <= :tried)::int, :at, :at,"
             "        case when n <= :right then :at end from generate_series(1, :number) as n"),
        {"number": number, "ip": IP, "at": at, "tried": wrong + right, "right": right},
    )  # fmt: skip


def test_an_address_cannot_have_everybody_sent_codes(db: Session, now) -> None:
    sent_before(db, codes.PER_ORIGIN_AND_HOUR - 1, now)
    ask(db, make.phone_number(), now)
    with pytest.raises(Refused) as refusal:
        ask(db, make.phone_number(), now)
    assert refusal.value.key == "code_too_many"
    ask(db, make.phone_number(), now, ip="10.0.0.2")
    ask(db, make.phone_number(), now + timedelta(hours=1))


def test_a_mall_full_of_people_who_mistype_now_and_then_joins_at_one_address(db: Session, now) -> None:
    sent_before(db, 800, now, wrong=190, right=600)
    phone = make.phone_number()
    code = ask(db, phone, now)
    assert refusal_of(db, phone, other_than(code), now).key == "code_wrong"
    member.check_code(db, phone=phone, code=code, purpose="join", now=now)


def test_guessing_at_the_codes_of_many_phones_has_an_end(db: Session, now) -> None:
    sent_before(db, 300, now, wrong=codes.WRONG_PER_ORIGIN_AND_HOUR - 1)
    phone = make.phone_number()
    code = ask(db, phone, now)
    assert refusal_of(db, phone, other_than(code), now).key == "code_wrong"
    refusal = refusal_of(db, phone, code, now)
    assert (refusal.key, refusal.reasons) == ("code_too_many", {"retry_after": 3600})
    elsewhere = make.phone_number()
    member.check_code(
        db, phone=elsewhere, code=ask(db, elsewhere, now, ip="10.0.0.2"), purpose="join", now=now
    )


def test_an_eshop_with_many_customers_has_as_many_who_mistype(db: Session, now) -> None:
    sent_before(db, 5_000, now, wrong=codes.WRONG_PER_ORIGIN_AND_HOUR + 1)
    phone = make.phone_number()
    member.request_code(
        db, phone=phone, purpose="join", origin=IP, locale="zh", now=now, an_hour=codes.PER_ESHOP_AND_HOUR
    )
    assert refusal_of(db, phone, "", now).key == "code_wrong"


def test_the_database_does_not_hold_the_code(db: Session, now) -> None:
    code = ask(db, make.phone_number(), now)
    assert code.encode() not in db.scalar(text("select code_hash from one_time_code"))


def test_old_codes_are_forgotten(db: Session, now) -> None:
    ask(db, make.phone_number(), now)
    assert member.forget_codes(db, now=now + timedelta(days=1)) == 0
    assert member.forget_codes(db, now=now + timedelta(days=1, seconds=1)) == 1
