"""Giving coupons: limits, stock, sources, validity, expiry."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from center_core import marketing, member
from center_core.kit import NotFound, Outbox, Refused, Session, uuid7
from center_core.marketing.models import CouponStock
from tests import make


def issue(
    db: Session, member_id: UUID, template: marketing.CouponTemplate, now: datetime
) -> marketing.Coupon:
    source = ("gift", uuid7())
    return marketing.issue(db, member_id=member_id, template_id=template.id, source=source, now=now)


def events(db: Session, name: str) -> int:
    return db.scalar(select(func.count()).where(Outbox.name == name)) or 0


def test_a_coupon_is_in_the_wallet_and_found_by_its_code(db: Session, now: datetime) -> None:
    owner = make.member(db)
    coupon = make.coupon(db, owner)
    assert [held.coupon.id for held in marketing.wallet(db, member_id=owner.member_id, now=now)] == [
        coupon.id
    ]
    assert marketing.by_code(db, f" {coupon.code.lower()} ", now=now).coupon.id == coupon.id
    assert events(db, "CouponIssued") == 1


def test_the_same_source_gives_the_same_coupon(db: Session, now: datetime) -> None:
    owner, template = make.member(db), make.template(db, stock_total=5, member_limit=1)
    source = ("message", uuid7())
    first, second = (
        marketing.issue(db, member_id=owner.member_id, template_id=template.id, source=source, now=now)
        for _ in range(2)
    )
    assert first.id == second.id
    assert marketing.stock_left(db, [template.id]) == {template.id: 4}
    assert events(db, "CouponIssued") == 1
    assert list(marketing.check(db)) == []


def test_the_limit_for_each_member(db: Session, now: datetime) -> None:
    owner, other = make.member(db), make.member(db)
    template = make.template(db, member_limit=2, stock_total=10)
    for _ in range(2):
        issue(db, owner.member_id, template, now)
    with pytest.raises(Refused) as refusal:
        issue(db, owner.member_id, template, now)
    assert refusal.value.key == "coupon_member_limit"
    issue(db, other.member_id, template, now)
    # The refusal left nothing behind, though the caller went on.
    assert marketing.stock_left(db, [template.id]) == {template.id: 7}
    assert list(marketing.check(db)) == []


def test_the_stock_runs_out(db: Session, now: datetime) -> None:
    template = make.template(db, stock_total=1)
    issue(db, make.member(db).member_id, template, now)
    with pytest.raises(Refused) as refusal:
        issue(db, make.member(db).member_id, template, now)
    assert refusal.value.key == "coupon_sold_out"
    assert list(marketing.check(db)) == []


def test_a_closed_or_past_template_is_not_issued(db: Session, now: datetime) -> None:
    owner, template = make.member(db), make.template(db)
    with pytest.raises(Refused, match="template_closed"):
        issue(db, owner.member_id, template, template.valid_until)
    marketing.close_template(db, template_id=template.id)
    with pytest.raises(Refused, match="template_closed"):
        issue(db, owner.member_id, template, now)


@pytest.mark.parametrize("since", ["closed", "over", "frozen"])
def test_what_was_given_is_given_again_whatever_happened_since(
    db: Session, now: datetime, since: str
) -> None:
    owner, template = make.member(db), make.template(db)
    act = {"member_id": owner.member_id, "template_id": template.id, "source": ("gift", uuid7())}
    first = marketing.issue(db, now=now, **act)
    if since == "closed":
        marketing.close_template(db, template_id=template.id)
    elif since == "frozen":
        member.freeze(db, member_id=owner.member_id, now=now)
    again = marketing.issue(db, now=template.valid_until if since == "over" else now, **act)
    assert again.id == first.id
    assert list(marketing.check(db)) == []


def test_a_frozen_member_is_given_nothing(db: Session, now: datetime) -> None:
    owner, template = make.member(db), make.template(db)
    member.freeze(db, member_id=owner.member_id, now=now)
    with pytest.raises(Refused, match="member_frozen"):
        issue(db, owner.member_id, template, now)
    with pytest.raises(NotFound, match="member_unknown"):
        issue(db, uuid7(), template, now)


@pytest.mark.parametrize(
    ("valid_days", "until"),
    [
        (None, datetime(2026, 12, 20, 4, 0, tzinfo=UTC)),
        # The seven days end with the last second of a day in Shanghai, at 16:00 UTC.
        (7, datetime(2026, 11, 27, 16, 0, tzinfo=UTC)),
        (0, datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
        (90, datetime(2026, 12, 20, 4, 0, tzinfo=UTC)),
    ],
)
def test_how_long_a_coupon_is_valid(
    db: Session, now: datetime, valid_days: int | None, until: datetime
) -> None:
    coupon = make.coupon(db, make.member(db), valid_days=valid_days)
    assert (coupon.valid_from, coupon.valid_until) == (now, until)


def test_coupons_expire_at_their_second(db: Session, now: datetime) -> None:
    owner = make.member(db)
    coupon = make.coupon(db, owner, valid_days=0)
    end = coupon.valid_until
    assert marketing.expire_coupons(db, now=end - timedelta(seconds=1)) == 0
    # Before the periodic round has marked it, nobody sees it as usable any more.
    assert marketing.wallet(db, member_id=owner.member_id, now=end) == []
    assert [held.state for held in marketing.past(db, member_id=owner.member_id, now=end).rows] == ["expired"]
    assert marketing.expire_coupons(db, now=end) == 1
    assert marketing.expire_coupons(db, now=end) == 0
    assert events(db, "CouponExpired") == 1


def test_only_an_unused_coupon_can_be_withdrawn(db: Session, now: datetime) -> None:
    owner = make.member(db)
    coupon = make.coupon(db, owner)
    marketing.void(db, member_id=owner.member_id, coupon_id=coupon.id, now=now)
    with pytest.raises(Refused, match="coupon_used"):
        marketing.void(db, member_id=owner.member_id, coupon_id=coupon.id, now=now)
    assert marketing.wallet(db, member_id=owner.member_id, now=now) == []


def test_a_coupon_whose_time_has_passed_is_not_withdrawn(db: Session, now: datetime) -> None:
    """Though the periodic round has not marked it yet."""
    coupon = make.coupon(db, make.member(db))
    with pytest.raises(Refused, match="coupon_used"):
        marketing.void(db, member_id=coupon.member_id, coupon_id=coupon.id, now=coupon.valid_until)
    assert marketing.expire_coupons(db, now=coupon.valid_until) == 1


def test_what_was_given_by_mistake_may_be_given_again(db: Session, now: datetime) -> None:
    owner, template = make.member(db), make.template(db, member_limit=1, stock_total=1)
    for _ in range(2):
        coupon = issue(db, owner.member_id, template, now)
        assert marketing.stock_left(db, [template.id]) == {template.id: 0}
        marketing.void(db, member_id=owner.member_id, coupon_id=coupon.id, now=now)
        assert marketing.stock_left(db, [template.id]) == {template.id: 1}
    assert marketing.issued_and_redeemed(db, template_id=template.id) == []
    assert list(marketing.check(db)) == []


def test_what_was_withdrawn_before_is_counted_anew(db: Session, now: datetime) -> None:
    """By the migration: it had gone on counting as issued."""
    owner, template = make.member(db), make.template(db, member_limit=3, stock_total=3)
    gone, _kept = (issue(db, owner.member_id, template, now) for _ in range(2))
    gone.state = "void"
    db.flush()
    wrong = {finding.check for finding in marketing.check(db)}
    assert wrong == {"marketing.stock", "marketing.allowance"}
    for statement in import_module("scrm.migrations.versions.0025_coupons_taken_back").RECOUNT:
        db.execute(text(statement))
    assert marketing.stock_left(db, [template.id]) == {template.id: 2}
    assert list(marketing.check(db)) == []


BATCH = text("""
    select coupon_issue_batch(:at, :members, :ids, :templates, :codes, :valid_from, :valid_until,
                              'play', :plays, :origin)
""")


def test_prizes_are_issued_as_one_batch_and_once(db: Session, now: datetime) -> None:
    owners = [make.member(db).member_id for _ in range(3)]
    template, campaign = make.template(db, stock_total=1, member_limit=1), uuid7()
    plays = [uuid7() for _ in owners]

    def batch(size: int) -> int:
        count = {
            "at": now,
            "members": owners[:size],
            "ids": [uuid7() for _ in range(size)],
            "templates": [template.id] * size,
            "codes": [f"WIN{uuid7().hex.upper()}" for _ in range(size)],
            "valid_from": [now] * size,
            "valid_until": [now + timedelta(days=7)] * size,
            "plays": plays[:size],
            "origin": campaign,
        }
        return db.scalar(BATCH, count) or 0

    assert batch(2) == 2
    assert batch(3) == 1
    assert batch(0) == 0
    tally = marketing.issued_and_redeemed(db, origin_id=campaign)
    assert [(each.template_id, each.issued, each.redeemed) for each in tally] == [(template.id, 3, 0)]
    # A prize is counted against its own stock, not the template's, also when it is taken away.
    [won] = marketing.wallet(db, member_id=owners[0], now=now)
    marketing.void(db, member_id=owners[0], coupon_id=won.coupon.id, now=now)
    assert marketing.stock_left(db, [template.id]) == {template.id: 1}
    assert [each.issued for each in marketing.issued_and_redeemed(db, origin_id=campaign)] == [2]
    assert list(marketing.check(db)) == []


def test_the_doctor_sees_a_stock_that_does_not_add_up(db: Session, now: datetime) -> None:
    template = make.template(db, stock_total=5)
    issue(db, make.member(db).member_id, template, now)
    row = db.get_one(CouponStock, template.id)
    row.left_over = 5
    db.flush()
    assert [finding.check for finding in marketing.check(db)] == ["marketing.stock"]
