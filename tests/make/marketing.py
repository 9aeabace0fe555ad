"""Coupon templates and coupons for tests."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from center_core import marketing, member
from center_core.kit import Session, uuid7

from .moment import NOW

_serial = count(1)


def offer(**terms: Any) -> marketing.Offer:
    """50 yuan off anything for a month around ``NOW``, unless ``terms`` say otherwise."""
    number = next(_serial)
    usual: dict[str, Any] = {
        "code": f"OFFER{number}",
        "name": {"en": f"Offer {number}", "zh": f"优惠{number}"},
        "kind": "amount",
        "value": 5_000,
        "valid_from": NOW - timedelta(days=1),
        "valid_until": NOW + timedelta(days=30),
    }
    return marketing.Offer(**{**usual, **terms})


def template(db: Session, *, now: datetime = NOW, **terms: Any) -> marketing.CouponTemplate:
    """A template that is being issued; ``terms`` as for ``offer``."""
    return marketing.create_template(db, offer=offer(**terms), now=now)


def coupon(
    db: Session,
    owner: member.Member,
    *,
    of: marketing.CouponTemplate | None = None,
    now: datetime = NOW,
    **terms: Any,
) -> marketing.Coupon:
    """A coupon of ``owner``, of a template of its own unless told otherwise."""
    return marketing.issue(
        db,
        member_id=owner.member_id,
        template_id=(of or template(db, now=now, **terms)).id,
        source=("gift", uuid7()),
        now=now,
    )
