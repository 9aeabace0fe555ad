"""Sales for tests."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from center_core import channel, marketing, member, order, product
from center_core.kit import Session

from . import inventory
from .moment import NOW

_serial = count(1)


def basket(*lines: tuple[int, int], **of: Any) -> marketing.Basket:
    """A basket of (quantity, price_fen) lines, each another SKU of the category ``down-jacket``."""
    usual = {"category": "down-jacket", "style_code": "DJ0000"}
    return marketing.Basket(
        tuple(
            marketing.BasketLine(sku_code=f"SKU{i}", quantity=quantity, price_fen=price, **{**usual, **of})
            for i, (quantity, price) in enumerate(lines)
        )
    )


def sale(
    db: Session,
    store: channel.Store,
    *,
    buyer: member.Member | None = None,
    lines: Sequence[tuple[product.Sku, int]],
    coupons: Sequence[marketing.Coupon] = (),
    stocked: bool = True,
    now: datetime = NOW,
    **of: Any,
) -> order.Order:
    """A sale at the list price, paid with cash; what is sold is put into the store first if ``stocked``."""
    for sku, quantity in lines:
        if stocked:
            inventory.stock(db, store, sku, quantity, now=now)
    said = [order.SaleLine(sku.code, quantity) for sku, quantity in lines]
    codes = [coupon.code for coupon in coupons]
    payable = sum(sku.price_fen * quantity for sku, quantity in lines)
    if codes and buyer:
        payable = marketing.quote(
            db,
            member_id=buyer.member_id,
            codes=codes,
            basket=order.basket_of(db, lines=said),
            store_id=store.id,
            now=now,
        ).payable_fen
    terms = {"number": f"N{next(_serial):06d}", "paid": [("cash", payable)] if payable else [], **of}
    made = order.record_sale(
        db,
        store_id=store.id,
        member_id=buyer.member_id if buyer else None,
        lines=said,
        coupon_codes=codes,
        now=now,
        **terms,
    )
    return order.order(db, member_id=made.member_id, order_id=made.id)
