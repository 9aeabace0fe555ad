"""Using coupons with an order, once, and giving them back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from center_core import marketing
from center_core.kit import NotFound, Outbox, Refused, Session, uuid7
from tests import make

BASKET = make.basket((1, 60_000))


def state(db: Session, coupon: marketing.Coupon, now: datetime) -> str:
    return marketing.coupon(db, member_id=coupon.member_id, coupon_id=coupon.id, now=now).state


def test_a_coupon_is_used_once(db: Session, now: datetime) -> None:
    owner, store = make.member(db), make.store(db)
    coupon = make.coupon(db, owner)
    use = {"member_id": owner.member_id, "codes": [coupon.code], "basket": BASKET, "store_id": store.id}
    quote = marketing.redeem(db, order_number="A1", now=now, **use)
    assert quote.payable_fen == 55_000
    assert state(db, coupon, now) == "redeemed"
    with pytest.raises(Refused) as refusal:
        marketing.redeem(db, order_number="A2", now=now, **use)
    assert (refusal.value.key, refusal.value.reasons) == ("coupon_used", {"code": coupon.code})


def test_a_till_may_ask_again(db: Session, now: datetime) -> None:
    owner, store = make.member(db), make.store(db)
    coupon = make.coupon(db, owner, valid_days=0)
    use = {"member_id": owner.member_id, "codes": [coupon.code], "store_id": store.id, "order_number": "A1"}
    first = marketing.redeem(db, basket=BASKET, now=now, **use)
    # Even after the coupon's end: it was in time when it was used.
    later = now + timedelta(days=3)
    assert marketing.redeem(db, basket=BASKET, now=later, **use).by_line == first.by_line
    assert (
        len(marketing.redemptions(db, member_id=owner.member_id, store_id=store.id, order_number="A1")) == 1
    )
    assert db.scalar(select(func.count()).where(Outbox.name == "CouponRedeemed")) == 1
    with pytest.raises(Refused, match="coupon_order_differs"):
        marketing.redeem(db, basket=make.basket((1, 4_000)), now=later, **use)


def test_somebody_elses_coupon_is_unknown(db: Session, now: datetime) -> None:
    owner, thief, store = make.member(db), make.member(db), make.store(db)
    coupon = make.coupon(db, owner)
    quote = marketing.quote(
        db, member_id=thief.member_id, codes=[coupon.code], basket=BASKET, store_id=store.id, now=now
    )
    assert quote.refusal is not None
    assert quote.refusal.key == "coupon_unknown"


def test_one_wrong_coupon_stops_all(db: Session, now: datetime) -> None:
    owner, store = make.member(db), make.store(db)
    good, dear = make.coupon(db, owner), make.coupon(db, owner, minimum_fen=99_999)
    with pytest.raises(Refused, match="coupon_minimum"):
        marketing.redeem(
            db,
            member_id=owner.member_id,
            codes=[good.code, dear.code],
            basket=BASKET,
            store_id=store.id,
            order_number="A1",
            now=now,
        )
    assert state(db, good, now) == "issued"


def test_a_code_scanned_twice_counts_once(db: Session, now: datetime) -> None:
    owner, store = make.member(db), make.store(db)
    coupon = make.coupon(db, owner)
    quote = marketing.quote(
        db,
        member_id=owner.member_id,
        codes=[coupon.code, f" {coupon.code.lower()}"],
        basket=BASKET,
        store_id=store.id,
        now=now,
    )
    assert [(each.code, each.discount_fen) for each in quote.coupons] == [(coupon.code, 5_000)]


@pytest.mark.parametrize(("days", "after"), [(0, "issued"), (40, "expired")])
def test_what_comes_back_keeps_its_validity(db: Session, now: datetime, days: int, after: str) -> None:
    owner, store = make.member(db), make.store(db)
    coupon = make.coupon(db, owner)
    use = {"member_id": owner.member_id, "store_id": store.id, "order_number": "A1"}
    marketing.redeem(db, codes=[coupon.code], basket=BASKET, now=now, **use)
    later = now + timedelta(days=days)
    assert marketing.roll_back(db, now=later, **use) == [coupon.id]
    assert marketing.roll_back(db, now=later, **use) == []
    assert state(db, coupon, later) == after
    told = db.scalars(select(Outbox.body).where(Outbox.name == "CouponRolledBack")).one()
    assert told["usable"] is (after == "issued")
    assert list(marketing.check(db)) == []


def test_reports_count_what_is_used_now(db: Session, now: datetime) -> None:
    store, campaign, template = make.store(db), uuid7(), make.template(db)
    for number in range(3):
        owner = make.member(db)
        coupon = marketing.issue(
            db,
            member_id=owner.member_id,
            template_id=template.id,
            source=("play", uuid7()),
            origin_id=campaign,
            now=now,
        )
        use = {"member_id": owner.member_id, "store_id": store.id, "order_number": f"A{number}"}
        if number:
            marketing.redeem(db, codes=[coupon.code], basket=BASKET, now=now, **use)
        if number == 2:
            marketing.roll_back(db, now=now, **use)
    (tally,) = marketing.issued_and_redeemed(db, origin_id=campaign)
    assert (tally.issued, tally.redeemed, tally.amount_fen) == (3, 1, 5_000)
    assert marketing.issued_and_redeemed(db, template_id=template.id) == [tally]


def test_an_unknown_code(db: Session, now: datetime) -> None:
    with pytest.raises(NotFound, match="coupon_unknown"):
        marketing.by_code(db, "NOSUCHCODE", now=now)


STEPS = st.lists(st.tuples(st.sampled_from(["redeem", "roll_back"]), st.sampled_from("ABC")), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["redeem", "roll_back"]), st.sampled_from("ABC")), max_size=12)
)
def test_redeeming_and_rolling_back_in_any_order_any_number_of_times(
    db: Session, now: datetime, steps: list[tuple[str, str]]
) -> None:
    undo = db.begin_nested()
    owner, store = make.member(db), make.store(db)
    coupon = make.coupon(db, owner)
    used_by: str | None = None
    for step, number in steps:
        use = {"member_id": owner.member_id, "store_id": store.id, "order_number": number}
        if step == "roll_back":
            assert marketing.roll_back(db, now=now, **use) == ([coupon.id] if used_by == number else [])
            used_by = None if used_by == number else used_by
        elif used_by in (None, number):
            marketing.redeem(db, codes=[coupon.code], basket=BASKET, now=now, **use)
            used_by = number
        else:
            with pytest.raises(Refused, match="coupon_used"):
                marketing.redeem(db, codes=[coupon.code], basket=BASKET, now=now, **use)
        assert state(db, coupon, now) == ("redeemed" if used_by else "issued")
    assert list(marketing.check(db)) == []
    undo.rollback()
