"""What a marketer may state, and what may still change."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import pytest

from center_core import marketing
from center_core.kit import Refused, Session
from tests import make


@pytest.mark.parametrize(
    ("terms", "field", "key"),
    [
        ({"code": " "}, "code", "template_code_missing"),
        ({"name": {"en": "", "zh": " "}}, "name", "template_name_missing"),
        ({"kind": "bogus"}, "kind", "template_kind_wrong"),
        ({"value": 0}, "value", "template_amount_wrong"),
        ({"value": 5_000, "minimum_fen": 4_999}, "minimum_fen", "template_minimum_low"),
        ({"kind": "percent", "value": 0}, "value", "template_percent_wrong"),
        ({"kind": "percent", "value": 101}, "value", "template_percent_wrong"),
        ({"minimum_fen": -1}, "minimum_fen", "template_minimum_wrong"),
        ({"cap_fen": 0}, "cap_fen", "template_cap_wrong"),
        ({"valid_until": make.NOW - timedelta(days=1)}, "valid_until", "template_period_wrong"),
        ({"valid_days": -1}, "valid_days", "template_number_wrong"),
        ({"member_limit": 0}, "member_limit", "template_number_wrong"),
        ({"stock_total": -1}, "stock_total", "template_number_wrong"),
        ({"stacking": "sometimes"}, "stacking", "template_stacking_wrong"),
        ({"kind": "gift", "value": 0, "gift_sku_code": "NOSUCH"}, "gift_sku_code", "template_gift_unknown"),
        ({"scope": {"categories": ["boots"]}}, "categories", "template_category_unknown"),
        ({"scope": {"style_codes": ["NOSUCH"]}}, "style_codes", "template_style_unknown"),
    ],
)
def test_terms_that_make_no_sense_are_named_by_field(
    db: Session, now: datetime, terms: dict[str, Any], field: str, key: str
) -> None:
    offer = make.offer(**terms)
    assert {name: fault.key for name, fault in marketing.problems(db, offer).items()} == {field: key}
    with pytest.raises(Refused) as refusal:
        marketing.create_template(db, offer=offer, now=now)
    assert (refusal.value.key, refusal.value.reasons["fields"]) == ("template_wrong", {field: key})


def test_good_terms_have_no_problems(db: Session) -> None:
    sku = make.sku(db, of=make.style(db, code="GLOVE", category="gloves"))
    scope = {"categories": ["gloves"], "style_codes": ["GLOVE"]}
    gift = {"kind": "gift", "value": 0, "gift_sku_code": sku.code}
    assert marketing.problems(db, make.offer()) == {}
    assert marketing.problems(db, make.offer(scope=scope, **gift)) == {}


@pytest.mark.parametrize("name", ["code", "barcode"])
def test_a_gift_is_kept_under_its_sku_code(db: Session, name: str) -> None:
    sku = make.sku(db)
    gift = {"kind": "gift", "value": 0, "gift_sku_code": f" {getattr(sku, name)} "}
    template = make.template(db, code="GIFT", **gift)
    assert template.gift_sku_code == sku.code
    make.coupon(db, make.member(db), of=template)
    marketing.update_template(db, template_id=template.id, version=1, offer=make.offer(code="GIFT", **gift))
    assert template.gift_sku_code == sku.code


@pytest.mark.parametrize("kept", ["NOSUCH", "barcode"])
def test_what_named_nothing_is_put_right_though_members_hold_it(db: Session, kept: str) -> None:
    """Such as a gift that was kept under its barcode, under which no sale has it. Afterwards it is promised."""
    sku, other = (make.sku(db, category="gloves") for _ in range(2))
    gift = {"code": "TYPO", "kind": "gift", "value": 0}
    template = make.template(db, **gift)
    template.gift_sku_code = sku.barcode if kept == "barcode" else kept
    template.scope = {"categories": ["glove"]}
    make.coupon(db, make.member(db), of=template)
    right = make.offer(**gift, gift_sku_code=sku.code, scope={"categories": ["gloves"]})
    changed = marketing.update_template(db, template_id=template.id, version=1, offer=right)
    assert (changed.gift_sku_code, changed.scope) == (sku.code, {"categories": ["gloves"]})
    another = dataclasses.replace(right, gift_sku_code=other.code)
    with pytest.raises(Refused) as refusal:
        marketing.update_template(db, template_id=template.id, version=2, offer=another)
    assert (refusal.value.key, refusal.value.reasons["fields"]) == ("template_issued", ["gift_sku_code"])


def test_of_a_list_only_what_named_nothing_may_go(db: Session) -> None:
    for category in ("gloves", "scarves"):
        make.style(db, category=category)
    template = make.template(db, code="TYPO")
    template.scope = {"categories": ["gloves", "scarfs"]}
    make.coupon(db, make.member(db), of=template)
    worse = make.offer(code="TYPO", scope={"categories": ["scarves"]})
    with pytest.raises(Refused, match="template_issued"):
        marketing.update_template(db, template_id=template.id, version=1, offer=worse)
    right = make.offer(code="TYPO", scope={"categories": ["gloves"]})
    marketing.update_template(db, template_id=template.id, version=1, offer=right)


def test_two_templates_cannot_share_a_code(db: Session) -> None:
    make.template(db, code="TWICE")
    with pytest.raises(Refused, match="template_code_taken"):
        make.template(db, code="TWICE")


def test_two_editors_do_not_overwrite_each_other(db: Session) -> None:
    template = make.template(db, code="EDITED")
    first = make.offer(code="EDITED", value=6_000)
    changed = marketing.update_template(db, template_id=template.id, version=1, offer=first)
    assert (changed.version, changed.value) == (2, 6_000)
    with pytest.raises(Refused, match="template_changed"):
        marketing.update_template(
            db, template_id=template.id, version=1, offer=make.offer(code="EDITED", value=7_000)
        )


def test_what_members_were_promised_stays(db: Session) -> None:
    template = make.template(db, code="HELD", valid_days=7)
    make.coupon(db, make.member(db), of=template)
    cheaper = make.offer(code="HELD", value=1_000)
    with pytest.raises(Refused) as refusal:
        marketing.update_template(db, template_id=template.id, version=1, offer=cheaper)
    assert refusal.value.key == "template_issued"
    assert refusal.value.reasons["fields"] == ["value"]
    renamed = make.offer(code="HELD", name={"en": "Renamed", "zh": "改名"})
    assert marketing.update_template(db, template_id=template.id, version=1, offer=renamed).version == 2


@pytest.mark.parametrize(("total", "left"), [(5, 4), (1, 0), (3, 2)])
def test_the_stock_follows_its_total(db: Session, total: int, left: int) -> None:
    template = make.template(db, code="STOCKED", stock_total=3)
    make.coupon(db, make.member(db), of=template)
    offer = make.offer(code="STOCKED", stock_total=total)
    marketing.update_template(db, template_id=template.id, version=1, offer=offer)
    assert marketing.stock_left(db, [template.id]) == {template.id: left}
    assert list(marketing.check(db)) == []


@pytest.mark.parametrize(("total", "key"), [(0, "template_stock_low"), (None, "template_stock_kind")])
def test_a_total_that_cannot_be(db: Session, total: int | None, key: str) -> None:
    template = make.template(db, code="STOCKED", stock_total=3)
    make.coupon(db, make.member(db), of=template)
    with pytest.raises(Refused, match=key):
        marketing.update_template(
            db, template_id=template.id, version=1, offer=make.offer(code="STOCKED", stock_total=total)
        )


def test_templates_are_listed_newest_first_in_pages(db: Session) -> None:
    made = [make.template(db, code=f"LIST{i}") for i in range(3)]
    marketing.close_template(db, template_id=made[0].id)
    first = marketing.templates(db, q="LIST", limit=2)
    assert [row.code for row in first.rows] == ["LIST2", "LIST1"]
    assert [row.code for row in marketing.templates(db, q="LIST", after=first.after).rows] == ["LIST0"]
    assert [row.code for row in marketing.templates(db, q="list", states=["closed"]).rows] == ["LIST0"]


def test_a_coupon_taken_back_is_nobodys(db: Session, now: datetime) -> None:
    template = make.template(db, code="BACK", value=5_000)
    owner = make.member(db)
    coupon = make.coupon(db, owner, of=template)
    cheaper = make.offer(code="BACK", value=1_000)
    with pytest.raises(Refused, match="template_issued"):
        marketing.update_template(db, template_id=template.id, version=1, offer=cheaper)
    marketing.void(db, member_id=owner.member_id, coupon_id=coupon.id, now=now)
    assert marketing.update_template(db, template_id=template.id, version=1, offer=cheaper).value == 1_000
