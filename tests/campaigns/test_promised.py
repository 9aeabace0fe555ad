"""A coupon that a published campaign promises changes to the consumer's advantage only, and everywhere at once."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import campaigns
from campaigns.gate import LEGAL_CEILING_FEN
from center_core import marketing
from center_core.kit import Database, Refused, Session
from tests import make
from tests.make import campaign as making

from .drawing import draw_one, settle

ALWAYS = 1_000_000
OFFER = make.offer(
    code="PROMISED",
    minimum_fen=20_000,
    scope={"store_ids": ["a", "b"], "categories": ["down"], "style_codes": ["D1"]},
    valid_days=7,
    stacking_group="winter",
    terms={"en": "Everywhere", "zh": ""},
)
WORSE = [
    ("less off", {"value": 4_999}, "value"),
    ("another kind", {"kind": "percent", "value": 90}, "kind"),
    ("a gift instead", {"gift_sku_code": "SKU1"}, "gift_sku_code"),
    ("a ceiling", {"cap_fen": 100}, "cap_fen"),
    ("from a larger basket", {"minimum_fen": 20_001}, "minimum_fen"),
    ("in fewer stores", {"scope": {**OFFER.scope, "store_ids": ["a"]}}, "scope"),
    ("for fewer articles", {"scope": {**OFFER.scope, "style_codes": []}}, "scope"),
    ("by itself only", {"stacking": "alone"}, "stacking"),
    ("in another group", {"stacking_group": "spring"}, "stacking_group"),
    ("from later on", {"valid_from": make.NOW}, "valid_from"),
    ("not as long", {"valid_until": OFFER.valid_until - timedelta(seconds=1)}, "valid_until"),
    ("expired", {"valid_until": make.NOW - timedelta(hours=1)}, "valid_until"),
    ("fewer days", {"valid_days": 6}, "valid_days"),
    ("by another clock", {"zone": "Asia/Tokyo"}, "zone"),
    ("under another name", {"name": {"en": "A keyring", "zh": "钥匙圈"}}, "name"),
    ("with other terms", {"terms": {"en": "Nowhere", "zh": ""}}, "terms"),
]
BETTER: list[dict[str, Any]] = [
    {"value": 6_000},
    {"minimum_fen": 5_000},
    {"scope": {}},
    {"scope": {**OFFER.scope, "store_ids": ["a", "b", "c"], "categories": ["down", "knit"]}},
    {"stacking_group": None},
    {"valid_until": OFFER.valid_until + timedelta(days=1)},
    {"valid_days": None},
    {"terms": {"en": "Everywhere"}},
    {"member_limit": 1},
]


def offered_in(db: Session) -> marketing.CouponTemplate:
    """The coupon, with what its terms name or may come to name."""
    make.style(db, code="D1", category="down")
    make.sku(db, code="SKU1", category="knit")
    return marketing.create_template(db, offer=OFFER, now=make.NOW)


def promise(db: Session, offered: marketing.CouponTemplate, **parts: Any) -> campaigns.Live:
    """A running campaign in which everybody wins the coupon."""
    prizes = [
        making.prize(1, "coupon", template_id=str(offered.id), odds_ppm=ALWAYS, value_fen=5_000),
        making.fallback(),
    ]
    return making.live(db, prizes=prizes, **parts)


def change(db: Session, template_id: UUID, version: int = 1, **terms: Any) -> marketing.CouponTemplate:
    return campaigns.change_template(
        db,
        template_id=template_id,
        version=version,
        offer=dataclasses.replace(OFFER, **terms),
        now=make.NOW,
    )


@pytest.fixture
def offered(db: Session) -> marketing.CouponTemplate:
    """50 yuan off, which nobody has won yet."""
    return offered_in(db)


@pytest.mark.parametrize(("terms", "field"), [w[1:] for w in WORSE], ids=[w[0] for w in WORSE])
def test_what_nobody_has_won_yet_is_promised_all_the_same(
    db: Session, offered: marketing.CouponTemplate, terms: dict[str, Any], field: str
) -> None:
    change(db, offered.id)
    promise(db, offered)
    with pytest.raises(Refused, match="template_promised") as refusal:
        change(db, offered.id, version=2, **terms)
    assert refusal.value.reasons["fields"] == [field]


@pytest.mark.parametrize("terms", BETTER)
def test_it_may_become_better(db: Session, offered: marketing.CouponTemplate, terms: dict[str, Any]) -> None:
    live = promise(db, offered)
    change(db, offered.id, **terms)
    assert campaigns.read_live(db, live.id).revision == live.revision + 1


@pytest.mark.parametrize("terms", [w[1] for w in WORSE], ids=[w[0] for w in WORSE])
def test_what_no_campaign_promises_may_change(
    db: Session, offered: marketing.CouponTemplate, terms: dict[str, Any], now: datetime
) -> None:
    """Nor do a draft, and a campaign that is settled and of which nobody holds the coupon."""
    prizes = [making.prize(1, "coupon", template_id=str(offered.id), odds_ppm=1), making.fallback()]
    making.campaign(db, prizes=prizes)
    settle(db, promise(db, offered), now)
    change(db, offered.id, **terms)


def test_an_ended_campaign_keeps_its_promise_until_it_is_settled(
    db: Session, offered: marketing.CouponTemplate, now: datetime
) -> None:
    live = promise(db, offered, draw={"strategy": "exactly", "curve": []})
    campaigns.end(db, campaign_id=live.id, now=now)
    with pytest.raises(Refused, match="template_promised"):
        change(db, offered.id, value=100)


def test_those_who_hold_it_keep_its_worth_after_the_campaign(
    db: Session, offered: marketing.CouponTemplate, now: datetime
) -> None:
    live = promise(db, offered)
    draw_one(db, live, make.member(db).member_id, "one-play")
    settle(db, live, now)
    with pytest.raises(Refused, match="template_issued"):
        change(db, offered.id, value=100)
    change(db, offered.id, name={"en": "Renamed", "zh": "改名"}, valid_days=1)


def test_every_process_issues_by_the_new_terms_at_once(database: Database, now: datetime) -> None:
    """A process that still has the old ones is told that they are stale, and reads them anew."""
    with database.transaction() as db:
        offered = offered_in(db)
        live = promise(db, offered)
        member_id = make.member(db).member_id
    lives = campaigns.Lives(database)
    batcher = campaigns.Batcher(database, lives)
    old = lives.by_slug(live.slug)
    with database.transaction() as db:
        change(db, offered.id, valid_days=20)
    try:
        played = campaigns.play(database, batcher, old, member_id=member_id, key="one-play", now=now)
    finally:
        batcher.close()
    with database.transaction() as db:
        (won,) = marketing.wallet(db, member_id=member_id, now=now)
        assert played.prize_no == 1
        assert won.coupon.valid_until == marketing.template(db, offered.id).window(now)[1]
        assert won.coupon.valid_until > now + timedelta(days=19)


@pytest.mark.parametrize(
    ("terms", "stated", "keys"),
    [
        ({"value": 5_000}, 5_000, []),
        ({"value": 5_000}, 4_000, []),
        ({"value": 100}, 5_000, ["value_overstated"]),
        ({"kind": "percent", "value": 12, "cap_fen": 4_000}, 5_000, ["value_overstated"]),
        ({"kind": "percent", "value": 12}, 5_000, []),
        ({"kind": "gift", "value": 0}, 5_000, []),
        ({"value": LEGAL_CEILING_FEN + 1}, 5_000, ["prize_over_ceiling"]),
    ],
)
def test_a_prize_is_stated_at_what_its_coupon_is_worth(
    db: Session, now: datetime, terms: dict[str, Any], stated: int, keys: list[str]
) -> None:
    offered = make.template(db, **terms)
    prizes = [
        making.prize(1, "coupon", template_id=str(offered.id), odds_ppm=1, value_fen=stated),
        making.fallback(),
    ]
    it = making.campaign(db, prizes=prizes)
    assert [one.key for one in campaigns.gate(db, it, now=now)] == keys
