"""The marketing centre: coupon templates and coupons, from issue to redemption and rollback."""

from .checks import check
from .events import CouponExpired, CouponIssued, CouponRedeemed, CouponRolledBack
from .held import Held, Own, Terms
from .issuing import expire_coupons, issue, void
from .lookup import (
    Tally,
    Ticket,
    by_code,
    coupon,
    ids_of,
    issued_and_redeemed,
    past,
    tickets,
    wallet,
)
from .models import Coupon, CouponTemplate, Redemption
from .offer import (
    Offer,
    close_template,
    create_template,
    open_template,
    problems,
    stock_left,
    template,
    templates,
    update_template,
)
from .pricing import Basket, BasketLine, Offered, Quote, Quoted, quote_for
from .redemption import Use, given_back, quote, redeem, redemptions, roll_back

__all__ = [
    "Basket",
    "BasketLine",
    "Coupon",
    "CouponExpired",
    "CouponIssued",
    "CouponRedeemed",
    "CouponRolledBack",
    "CouponTemplate",
    "Held",
    "Offer",
    "Offered",
    "Own",
    "Quote",
    "Quoted",
    "Redemption",
    "Tally",
    "Terms",
    "Ticket",
    "Use",
    "by_code",
    "check",
    "close_template",
    "coupon",
    "create_template",
    "expire_coupons",
    "given_back",
    "ids_of",
    "issue",
    "issued_and_redeemed",
    "open_template",
    "past",
    "problems",
    "quote",
    "quote_for",
    "redeem",
    "redemptions",
    "roll_back",
    "stock_left",
    "template",
    "templates",
    "tickets",
    "update_template",
    "void",
    "wallet",
]
