"""The demo brand without its members: regions, stores, staff, goods, stock, coupons, tiers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from .catalogue import COLOURS, SIZE_WEIGHT, DemoSku, DemoStyle, skus, styles
from .copying import Ids, Rows
from .names import latin, person
from .places import PLACES, REGIONS
from .world import TIERS, Article, Shop, World

# The end of the ids of all there is once; the blocks of members end in their numbers.
BRAND = "0000ffff"
PRIVACY_VERSION = "2026-11"
WELCOME_FEN = 5_000
LOGINS_OF_HEADQUARTERS = (
    # login, role, English, 中文, title in English, 职务
    ("admin", "admin", "Lin Zhiyuan", "林致远", "Administrator", "系统管理员"),
    ("marketer", "marketer", "Shen Qinghe", "沈清禾", "Campaign manager", "营销经理"),
    ("operations", "operations", "Gu Yuchuan", "顾雨川", "Operations", "运营"),
    ("service", "service", "Wen Nuan", "温暖", "Customer service", "客服"),
    ("auditor", "auditor", "Fang Zheng", "方正", "Auditor", "审计"),
)
# Store rooms carry a part of the styles, and few pieces of each size.
STYLES_IN_A_STORE = 30
SOLD_OUT = 0.12
WAREHOUSES = (
    ("FACTORY", "factory", "Factory Changshu", "常熟工厂"),
    ("MAIN", "main", "Main warehouse Changshu", "常熟总仓"),
    ("SUB-NE", "sub", "Sub-warehouse Shenyang", "沈阳分仓"),
    ("SUB-N", "sub", "Sub-warehouse Langfang", "廊坊分仓"),
    ("SUB-S", "sub", "Sub-warehouse Dongguan", "东莞分仓"),
    ("SUB-SW", "sub", "Sub-warehouse Chengdu", "成都分仓"),
)


@dataclass(frozen=True)
class Brand:
    """``rows`` are ready for COPY; ``world`` is what the blocks of members need."""

    rows: Rows
    world: World


def make_brand(*, chance: Random, now: datetime, password_hash: str, end: datetime) -> Brand:
    """The whole brand as of ``now``; all its staff sign in with the password of ``password_hash``.

    ``end`` is when the coupons of the brand stop being valid.
    """
    opened = now - timedelta(days=4 * 365)
    rows, ids = Rows(), Ids(last=BRAND)
    for rank, (code, en, zh, threshold, percent) in enumerate(TIERS, start=1):
        name = {"en": en, "zh": zh}
        rows.add("tier", code=code, name=name, rank=rank, threshold=threshold, earn_percent=percent)
    shops = _shops(rows, ids, chance, opened, password_hash)
    _headquarters(rows, ids, opened, password_hash)
    behind = _warehouses(rows, ids, opened)
    made = styles()
    sorts = skus(made, chance)
    articles = _goods(rows, ids, made, sorts, opened)
    _stock(rows, ids, chance, shops, behind, sorts, articles, now)
    welcome = _coupons(rows, ids, opened, end)
    return Brand(
        rows,
        World(
            now=now,
            shops=tuple(shops),
            articles=tuple(articles),
            article_weights=tuple(accumulate(SIZE_WEIGHT[sku.size] for sku in sorts)),
            welcome_template=welcome,
            welcome_fen=WELCOME_FEN,
            privacy_version=PRIVACY_VERSION,
        ),
    )


def logins_of_staff() -> list[str]:
    """The logins of all whom the demo makes, but for the one who makes it."""
    numbers = range(1, len(PLACES) + 1)
    guides = sum(_guides_in(number) for number in numbers)
    return [
        *(login for login, *_ in LOGINS_OF_HEADQUARTERS),
        *(f"manager{number:03d}" for number in numbers),
        *(f"guide{number:03d}" for number in range(1, guides + 1)),
    ]


def _guides_in(number: int) -> int:
    """The first twenty stores are the larger ones: 200 guides in all, and a manager each."""
    return 4 if number <= 20 else 3


def _shops(rows: Rows, ids: Ids, chance: Random, opened: datetime, password_hash: str) -> list[Shop]:
    region_ids = {}
    for code, (en, zh) in REGIONS.items():
        region_ids[code] = ids.at(opened)
        rows.add("region", id=region_ids[code], code=code, name={"en": en, "zh": zh})
    shops: list[Shop] = []
    guide_no = 0
    for number, place in enumerate(PLACES, start=1):
        code = f"XJ{number:03d}"
        store_id, location_id = ids.at(opened), ids.at(opened)
        rows.add(
            "store",
            id=store_id, code=code, kind="store", name=_both(place.name), region_id=region_ids[place.region],
            province=_both(place.province), city=_both(place.city), address=_both(place.street), lat=place.lat,
            lng=place.lng, phone=f"400-818-{number:04d}", hours="10:00-22:00", zone="Asia/Shanghai", active=True,
        )  # fmt: skip
        rows.add(
            "location", id=location_id, code=code, kind="store", store_id=store_id, name=_both(place.name)
        )
        rows.add(
            "channel_code",
            code=f"S{number:03d}", store_id=store_id, staff_id=None, label="门店海报", campaign_slug=None, active=True,
        )  # fmt: skip
        share = _guides_in(number)
        guides = []
        manager = _staff(
            rows,
            ids,
            chance,
            opened,
            f"manager{number:03d}",
            ("Store manager", "店长"),
            store_id,
            password_hash,
        )
        _grant(rows, ids, opened, manager, "manager", store_id)
        for _ in range(share):
            guide_no += 1
            guide = _staff(
                rows,
                ids,
                chance,
                opened,
                f"guide{guide_no:03d}",
                ("Shop guide", "导购"),
                store_id,
                password_hash,
            )
            _grant(rows, ids, opened, guide, "guide", store_id)
            rows.add(
                "channel_code",
                code=f"G{guide_no:03d}", store_id=store_id, staff_id=guide, label="导购名片", campaign_slug=None,
                active=True,
            )  # fmt: skip
            guides.append(guide)
        shops.append(Shop(store_id, code, location_id, tuple(guides), chance.randint(4, 12)))
    return shops


def _staff(
    rows: Rows, ids: Ids, chance: Random, opened: datetime, login: str, title: tuple[str, str],
    store_id: str | None, password_hash: str, name: tuple[str, str] | None = None,
) -> str:  # fmt: skip
    chinese = name[1] if name else person(chance, "female" if chance.random() < 0.7 else "male")
    staff_id = ids.at(opened)
    rows.add(
        "staff",
        id=staff_id, login=login, name={"en": name[0] if name else latin(chinese), "zh": chinese},
        title=_both(title), phone=None, password_hash=password_hash, active=True, locale="zh", store_id=store_id,
    )  # fmt: skip
    return staff_id


def _grant(rows: Rows, ids: Ids, opened: datetime, staff_id: str, role: str, store_id: str | None) -> None:
    scope = "store" if store_id else "brand"
    rows.add("role_grant", id=ids.at(opened), staff_id=staff_id, role=role, scope=scope, scope_id=store_id)


def _headquarters(rows: Rows, ids: Ids, opened: datetime, password_hash: str) -> None:
    nobody = Random(0)
    for login, role, en, zh, title_en, title_zh in LOGINS_OF_HEADQUARTERS:
        person_id = _staff(
            rows, ids, nobody, opened, login, (title_en, title_zh), None, password_hash, (en, zh)
        )
        _grant(rows, ids, opened, person_id, role, None)


def _warehouses(rows: Rows, ids: Ids, opened: datetime) -> list[tuple[str, str]]:
    """The e-shop and what stands behind the stores: the id and kind of each location."""
    store_id = ids.at(opened)
    nowhere = {"en": "Online", "zh": "线上"}
    rows.add(
        "store",
        id=store_id, code="XJ-EC", kind="eshop", name={"en": "E-shop", "zh": "官方商城"}, region_id=None,
        province=nowhere, city=nowhere, address=nowhere, lat=None, lng=None, phone="400-818-0000", hours=None,
        zone="Asia/Shanghai", active=True,
    )  # fmt: skip
    name = {"en": "E-shop warehouse", "zh": "商城仓"}
    behind = [(ids.at(opened), "store")]
    rows.add("location", id=behind[0][0], code="XJ-EC", kind="store", store_id=store_id, name=name)
    for code, kind, en, zh in WAREHOUSES:
        behind.append((ids.at(opened), kind))
        rows.add("location", id=behind[-1][0], code=code, kind=kind, store_id=None, name={"en": en, "zh": zh})
    return behind


def _goods(
    rows: Rows, ids: Ids, made: list[DemoStyle], sorts: list[DemoSku], opened: datetime
) -> list[Article]:
    style_ids = []
    for style in made:
        style_ids.append(ids.at(opened))
        rows.add(
            "style",
            id=style_ids[-1], code=style.code, name=style.name, category=style.cut.category,
            silhouette=style.cut.silhouette, quilting=style.cut.quilting, hood=style.cut.hood, fill=style.cut.fill,
            season=style.season, price_fen=style.price_fen, story=style.story,
        )  # fmt: skip
    articles = []
    for sku in sorts:
        en, zh, colour_hex = COLOURS[sku.colour]
        articles.append(Article(ids.at(opened), sku.price_fen))
        rows.add(
            "sku",
            id=articles[-1].id, style_id=style_ids[sku.style], code=sku.code, barcode=sku.barcode, colour=sku.colour,
            colour_name={"en": en, "zh": zh}, colour_hex=colour_hex, size=sku.size, size_order=sku.size_order,
            price_fen=sku.price_fen,
        )  # fmt: skip
    return articles


def _stock(
    rows: Rows, ids: Ids, chance: Random, shops: list[Shop], behind: list[tuple[str, str]],
    sorts: list[DemoSku], articles: list[Article], now: datetime,
) -> None:  # fmt: skip
    """Deep stock behind, a few pieces of most sizes in front, and some sizes sold out."""
    at = now - timedelta(days=3)
    depth = {"factory": 400, "main": 160, "sub": 40, "store": 60}

    def arrive(location_id: str, article: Article, pieces: int) -> None:
        rows.add("stock", location_id=location_id, sku_id=article.id, on_hand=pieces, reserved=0)
        if pieces:
            rows.add(
                "movement",
                id=ids.at(at), location_id=location_id, sku_id=article.id, kind="receive", on_hand_change=pieces,
                reserved_change=0, source_kind="opening", source_id=article.id, at=at,
            )  # fmt: skip

    for location_id, kind in behind:
        for sku, article in zip(sorts, articles, strict=True):
            wanted = depth[kind] * SIZE_WEIGHT[sku.size] // 20
            arrive(location_id, article, 0 if chance.random() < 0.02 else chance.randint(wanted // 2, wanted))
    style_count = sorts[-1].style + 1
    for shop in shops:
        carried = set(chance.sample(range(style_count), STYLES_IN_A_STORE))
        for sku, article in zip(sorts, articles, strict=True):
            if sku.style in carried:
                arrive(shop.location_id, article, 0 if chance.random() < SOLD_OUT else chance.randint(1, 6))


def _coupons(rows: Rows, ids: Ids, opened: datetime, end: datetime) -> str:
    """The coupons a marketer finds ready; gives the one that new members got."""
    anywhere: dict[str, list[str]] = {"store_ids": [], "categories": [], "style_codes": []}
    offers = (
        # code, English, 中文, kind, value, cap, minimum, days, member limit, stacking
        ("WELCOME50", "50 yuan to begin with", "新会员 50 元券", "amount", WELCOME_FEN, None, 29_900, 365, 1, "with_others"),
        ("WINTER50", "50 yuan off from 500", "暖冬 50 元券", "amount", 5_000, None, 50_000, 30, 3, "with_others"),
        ("WINTER100", "100 yuan off from 1,000", "暖冬 100 元券", "amount", 10_000, None, 100_000, 30, 2, "alone"),
        ("WARM88", "12% off, up to 300 yuan", "88 折券", "percent", 12, 30_000, 0, 14, 1, "alone"),
        ("SCARF", "A cashmere scarf", "羊绒围巾礼品券", "gift", 0, None, 0, 60, 1, "with_others"),
    )  # fmt: skip
    first = None
    for code, en, zh, kind, value, cap, minimum, days, limit, stacking in offers:
        template_id = ids.at(opened)
        first = first or template_id
        rows.add(
            "coupon_template",
            id=template_id, code=code, name={"en": en, "zh": zh}, kind=kind, value=value, cap_fen=cap,
            gift_sku_code=None, minimum_fen=minimum, scope=anywhere, valid_from=opened, valid_until=end,
            valid_days=days, zone="Asia/Shanghai", member_limit=limit, stock_total=None, stacking=stacking,
            stacking_group=None,
            terms={"en": "In all stores and the e-shop.", "zh": "全国门店及官方商城通用。"},
            art="gift" if kind == "gift" else "plain", state="active", version=1, created_at=opened,
        )  # fmt: skip
    assert first is not None  # noqa: S101 - the list above is not empty
    return first


def _both(texts: tuple[str, str]) -> dict[str, str]:
    return {"en": texts[0], "zh": texts[1]}
