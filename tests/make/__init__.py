"""Factories: ``make.member(db)`` writes a plausible row and gives it back; keywords say what matters."""

from .channel import api_key, channel_code, region, store
from .inventory import location, stock
from .marketing import coupon, offer, template
from .member import member, phone_number, tiers
from .moment import NOW
from .order import basket, sale
from .picture import picture
from .product import sku, style
from .user import PASSWORD, guide, staff

__all__ = [
    "NOW", "PASSWORD", "api_key", "basket", "channel_code", "coupon", "guide", "location", "member", "offer",
    "phone_number", "picture", "region", "sale", "sku", "staff", "stock", "store", "style", "template", "tiers",
]  # fmt: skip
