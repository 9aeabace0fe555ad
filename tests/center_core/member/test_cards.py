"""Card numbers and the codes that change."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_core import member
from center_core.kit import NotFound, Refused, Session
from center_core.member.cards import is_card_number
from tests import make

SERIALS = st.integers(0, 10**11 - 1)


@pytest.mark.parametrize(
    ("serial", "number"), [(7992739871, "079927398713"), (0, "000000000000"), (60, "000000000604")]
)
def test_the_check_digit_is_luhns(serial: int, number: str) -> None:
    # The first is the example that textbooks give: 7992739871 takes the check digit 3.
    assert member.card_number(serial) == number


@given(SERIALS, st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed(serial: int, place: int, error: int) -> None:
    number = member.card_number(serial)
    assert is_card_number(number)
    wrong = str((int(number[place]) + error) % 10)
    assert not is_card_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "1", "٠" * 12, "²" * 12, "0" * 13, "a" * 12, "00000000000 "])
def test_what_is_not_a_number_is_no_card(text: str) -> None:
    assert not is_card_number(text)


def test_chance_numbers_are_valid() -> None:
    assert all(
        is_card_number(number) and number[0] == "6"
        for number in (member.random_card_number() for _ in range(50))
    )


def test_the_time_code_is_rfc_6238_with_sha_256(now) -> None:
    # Appendix B of RFC 6238, shortened to six digits, for the times of its table.
    from datetime import UTC, datetime

    row = member.Member(number="000000000000", card_secret=b"12345678901234567890123456789012")
    for seconds, code in ((59, "119246"), (1111111109, "084774"), (2000000000, "698825")):
        assert member.dynamic_code(row, datetime.fromtimestamp(seconds, UTC))[12:] == code


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)]
)
def test_a_code_is_good_for_its_half_minute_and_the_ones_beside_it(
    db: Session, now, seconds, accepted
) -> None:
    row = make.member(db)
    shown = member.dynamic_code(row, now)
    at_the_till = now + timedelta(seconds=seconds)
    if accepted:
        assert (
            member.by_dynamic_code(db, f"{shown[:12]} {shown[12:]}", at_the_till).member_id == row.member_id
        )
    else:
        with pytest.raises(Refused) as refusal:
            member.by_dynamic_code(db, shown, at_the_till)
        assert refusal.value.key == "member_code_stale"


@pytest.mark.parametrize(
    "code", ["", "123", "0" * 17, "0" * 19, "000000000001" + "0" * 6, "☃" * 18, "\x00" * 18]
)
def test_what_is_no_member_code_is_refused_without_a_query(db: Session, now, code) -> None:
    with pytest.raises(Refused) as refusal:
        member.by_dynamic_code(db, code, now)
    assert refusal.value.key == "member_code_malformed"


def test_an_unknown_card_and_a_forged_code(db: Session, now) -> None:
    row = make.member(db)
    with pytest.raises(NotFound):
        member.by_dynamic_code(db, member.card_number(1) + "000000", now)
    forged = hmac.digest(b"another secret", b"", hashlib.sha256)[0] % 10
    true_code = member.dynamic_code(row, now)
    accepted = {member.dynamic_code(row, now + timedelta(seconds=30 * step)) for step in (-1, 0, 1)}
    guess = true_code[:17] + str((int(true_code[17]) + 1 + forged % 9) % 10)
    if guess not in accepted:
        with pytest.raises(Refused):
            member.by_dynamic_code(db, guess, now)


def test_a_frozen_members_code_is_refused_at_the_till(db: Session, now) -> None:
    row = make.member(db)
    member.freeze(db, member_id=row.member_id, now=now)
    with pytest.raises(Refused) as refusal:
        member.by_dynamic_code(db, member.dynamic_code(row, now), now)
    assert refusal.value.key == "member_frozen"
