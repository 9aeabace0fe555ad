"""What coupons take off a basket: tables of examples, and what holds for all baskets."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_core import marketing
from center_core.kit import uuid7
from tests import make

NOW = make.NOW
HERE = uuid7()
ELSEWHERE = uuid7()


def offered(
    *,
    state: str = "issued",
    valid_from: Any = NOW - timedelta(days=1),
    valid_until: Any = NOW + timedelta(days=1),
    redeemed_here: bool = False,
    **terms: Any,
) -> marketing.Offered:
    """A coupon that was never in a database."""
    offer = make.offer(**terms)
    columns = {name: getattr(offer, name) for name in marketing.Offer.__dataclass_fields__}
    template = marketing.CouponTemplate(id=uuid7(), state="active", version=1, created_at=NOW, **columns)
    coupon = marketing.Coupon(
        member_id=uuid7(),
        id=uuid7(),
        template_id=template.id,
        code=f"C-{offer.code}",
        state=state,
        issued_at=NOW,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return marketing.Offered(coupon.code, coupon, template, redeemed_here)


def quoted(basket: marketing.Basket, *coupons: marketing.Offered, store_id: UUID = HERE) -> marketing.Quote:
    return marketing.quote_for(coupons, basket, store_id=store_id, at=NOW)


def keys(quote: marketing.Quote) -> list[str | None]:
    return [coupon.refusal.key if coupon.refusal else None for coupon in quote.coupons]


@pytest.mark.parametrize(
    ("terms", "lines", "by_line"),
    [
        pytest.param({"value": 5_000}, [(1, 20_000)], [5_000], id="amount"),
        pytest.param({"value": 5_000}, [(1, 3_000)], [3_000], id="amount never pays out"),
        pytest.param({"value": 100}, [(1, 100), (2, 100)], [33, 67], id="amount by weight, exact"),
        pytest.param({"kind": "percent", "value": 20}, [(1, 999)], [200], id="percent rounds halves up"),
        pytest.param({"kind": "percent", "value": 100}, [(2, 999)], [1_998], id="all of it"),
        pytest.param(
            {"kind": "percent", "value": 50, "cap_fen": 1_000}, [(1, 9_000)], [1_000], id="percent capped"
        ),
        pytest.param({"kind": "gift", "value": 0}, [(1, 9_000)], [0], id="gift over the counter"),
        pytest.param(
            {"kind": "gift", "value": 0, "gift_sku_code": "SKU1"},
            [(1, 9_000), (2, 800)],
            [0, 800],
            id="gift makes one piece free",
        ),
    ],
)
def test_what_one_coupon_is_worth(
    terms: dict[str, Any], lines: list[tuple[int, int]], by_line: list[int]
) -> None:
    quote = quoted(make.basket(*lines), offered(**terms))
    assert keys(quote) == [None]
    assert list(quote.by_line) == by_line
    assert quote.payable_fen == quote.total_fen - sum(by_line)


@pytest.mark.parametrize(
    ("coupon", "key"),
    [
        pytest.param(offered(), None, id="fits"),
        pytest.param(marketing.Offered("NOBODYS", None, None), "coupon_unknown", id="of nobody"),
        pytest.param(offered(state="redeemed"), "coupon_used", id="used"),
        pytest.param(offered(state="redeemed", redeemed_here=True), None, id="used with this very order"),
        pytest.param(offered(state="void"), "coupon_void", id="withdrawn"),
        pytest.param(offered(state="expired"), "coupon_expired", id="marked expired"),
        pytest.param(offered(valid_until=NOW), "coupon_expired", id="ends at this moment"),
        pytest.param(offered(valid_until=NOW + timedelta(seconds=1)), None, id="ends in a second"),
        pytest.param(
            offered(valid_from=NOW + timedelta(seconds=1)), "coupon_not_yet", id="begins in a second"
        ),
        pytest.param(offered(valid_from=NOW), None, id="begins at this moment"),
        pytest.param(offered(scope={"store_ids": [str(HERE)]}), None, id="of this store"),
        pytest.param(offered(scope={"store_ids": [str(ELSEWHERE)]}), "coupon_wrong_store", id="of another"),
        pytest.param(offered(scope={"categories": ["down-jacket"]}), None, id="of this category"),
        pytest.param(offered(scope={"categories": ["boots"]}), "coupon_scope", id="of another category"),
        pytest.param(
            offered(scope={"categories": ["boots"], "style_codes": ["DJ0000"]}), None, id="by its style"
        ),
        pytest.param(
            offered(kind="gift", value=0, gift_sku_code="GLOVES"), "coupon_scope", id="gift not in the basket"
        ),
        pytest.param(offered(minimum_fen=10_000), None, id="just enough"),
        pytest.param(offered(minimum_fen=10_001), "coupon_minimum", id="a fen too little"),
    ],
)
def test_may_this_coupon_be_used_here_and_now(coupon: marketing.Offered, key: str | None) -> None:
    quote = quoted(make.basket((2, 5_000)), coupon)
    assert keys(quote) == [key]
    if key:
        assert quote.refusal is not None
        assert quote.refusal.reasons["code"] == coupon.code
        assert quote.payable_fen == quote.total_fen


def test_the_minimum_counts_only_what_takes_part() -> None:
    boots = make.basket((1, 50_000), category="boots").lines
    jackets = make.basket((1, 5_000)).lines
    coupon = offered(minimum_fen=10_000, scope={"categories": ["down-jacket"]})
    assert keys(quoted(marketing.Basket(boots + jackets), coupon)) == ["coupon_minimum"]


def test_the_discount_falls_only_on_what_takes_part() -> None:
    boots = make.basket((1, 50_000), category="boots").lines
    jackets = make.basket((1, 9_000), (1, 1_000)).lines
    coupon = offered(value=1_000, scope={"categories": ["down-jacket"]})
    assert quoted(marketing.Basket(boots + jackets), coupon).by_line == (0, 900, 100)


def test_the_gift_itself_does_not_make_up_the_minimum() -> None:
    gift = offered(kind="gift", value=0, gift_sku_code="SKU1", minimum_fen=10_000)
    assert keys(quoted(make.basket((1, 9_999), (1, 500)), gift)) == ["coupon_minimum"]
    assert keys(quoted(make.basket((1, 10_000), (1, 500)), gift)) == [None]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param({}, {}, [None, None], id="both stack"),
        pytest.param({"stacking": "alone"}, {}, [None, "coupon_stacking"], id="the first wants to be alone"),
        pytest.param({}, {"stacking": "alone"}, [None, "coupon_stacking"], id="the second does"),
        pytest.param(
            {"stacking_group": "winter"},
            {"stacking_group": "winter"},
            [None, "coupon_stacking"],
            id="one of a group",
        ),
        pytest.param(
            {"stacking_group": "winter"}, {"stacking_group": "birthday"}, [None, None], id="two groups"
        ),
        pytest.param({"stacking_group": "winter"}, {}, [None, None], id="a group and none"),
        pytest.param(
            {"minimum_fen": 99_999_00, "stacking": "alone"},
            {},
            ["coupon_minimum", None],
            id="who is refused does not stand in the way",
        ),
    ],
)
def test_which_coupons_go_together(
    first: dict[str, Any], second: dict[str, Any], expected: list[str | None]
) -> None:
    assert keys(quoted(make.basket((1, 50_000)), offered(**first), offered(**second))) == expected


def test_percentages_come_before_amounts_however_they_are_scanned() -> None:
    percent = offered(kind="percent", value=10)
    amount = offered(value=5_000)
    basket = make.basket((1, 100_000))
    assert quoted(basket, percent, amount).payable_fen == 85_000
    assert quoted(basket, amount, percent).payable_fen == 85_000


def test_a_coupon_that_could_take_nothing_off_is_spared() -> None:
    assert keys(quoted(make.basket((1, 3_000)), offered(value=5_000), offered(value=1_000))) == [
        None,
        "coupon_stacking",
    ]


LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 300_000)), min_size=1, max_size=6)
TERMS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("amount"), "value": st.integers(1, 100_000)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("percent"),
            "value": st.integers(1, 100),
            "cap_fen": st.none() | st.integers(1, 50_000),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("gift"), "value": st.just(0), "gift_sku_code": st.just("SKU0")}),
)


@given(lines=LINES, terms=st.lists(TERMS, max_size=4))
def test_the_discount_adds_up_and_never_exceeds_a_line(
    lines: list[tuple[int, int]], terms: list[dict[str, Any]]
) -> None:
    basket = make.basket(*lines)
    quote = quoted(basket, *(offered(**each) for each in terms))
    assert all(0 <= off <= line.amount_fen for off, line in zip(quote.by_line, basket.lines, strict=True))
    assert sum(coupon.discount_fen for coupon in quote.coupons) == quote.discount_fen
    columns = zip(*(coupon.by_line for coupon in quote.coupons), strict=True)
    assert not terms or [sum(column) for column in columns] == list(quote.by_line)
    assert quote.payable_fen + quote.discount_fen == quote.total_fen
    for coupon in quote.coupons:
        assert not (coupon.refusal and coupon.discount_fen)


@given(lines=LINES, terms=st.lists(TERMS, min_size=2, max_size=3))
def test_what_is_paid_does_not_depend_on_the_order_of_different_kinds(
    lines: list[tuple[int, int]], terms: list[dict[str, Any]]
) -> None:
    kinds = [each["kind"] for each in terms]
    if len(set(kinds)) < len(kinds):
        return
    coupons = [offered(**each) for each in terms]
    basket = make.basket(*lines)
    assert quoted(basket, *coupons).payable_fen == quoted(basket, *reversed(coupons)).payable_fen
