"""What a block of members needs to know of the rest of the demo brand: stores, guides, goods, coupons, tiers."""

from dataclasses import dataclass
from datetime import datetime

TIERS = (
    # code, English, 中文, threshold of growth, percentage of the plain points
    ("snow", "Snow", "雪卡", 0, 100),
    ("ice", "Ice", "冰卡", 2_000, 110),
    ("peak", "Peak", "峰卡", 6_000, 125),
    ("aurora", "Aurora", "极光卡", 15_000, 150),
)


@dataclass(frozen=True)
class Shop:
    """A store with its room for goods and its guides; ``weight`` is how much it sells beside others."""

    id: str
    code: str
    location_id: str
    guides: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Article:
    """A SKU with its price."""

    id: str
    price_fen: int


@dataclass(frozen=True)
class World:
    """``now`` is the end of the two years of history."""

    now: datetime
    shops: tuple[Shop, ...]
    articles: tuple[Article, ...]
    article_weights: tuple[int, ...]
    welcome_template: str
    welcome_fen: int
    privacy_version: str
