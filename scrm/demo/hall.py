"""The demo brand's hall of winter games: a small running campaign for every game that its other campaigns leave out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from center_core.kit import Database

from .doors import draft, play, prize, publish, template
from .rounds import let_run

GUESTS = 8
"""Members who are in each campaign of the hall, so that no leaderboard is empty."""

Both = tuple[str, str]


@dataclass(frozen=True)
class Attraction:
    """A game of skill that earns chances from the score ``reach`` on, and the game of chance that they are for.

    ``colours`` are ground, paper, ink and accent; each pair of texts is English and Chinese.
    """

    slug: str
    title: Both
    intro: Both
    dare: Both
    skill: str
    reach: int
    chance: str
    colours: tuple[str, str, str, str]
    pool: str
    skill_settings: dict[str, Any] = field(default_factory=dict)
    chance_settings: dict[str, Any] = field(default_factory=dict)


# The latest to open comes first, and first on the club's page.
HALL = (
    Attraction(
        "golden-arrow",
        ("The Golden Arrow", "一箭金心"),
        ("Nine arrows, one restless wind. Hit the gold, and let the light run for you.", "九箭迎风，屏息正中金心；再让九宫格的灯为你停下。"),
        ("Can you read this wind better than I?", "这阵风，你能比我看得更准吗？"),
        "archery", 90, "nine-grid", ("#16324f", "#f6f9fc", "#15263b", "#b5651d"), "sport",
    ),
    Attraction(
        "great-hill",
        ("The Great Hill", "乘风一跃"),
        ("Spring at the lip, lean into the wind, land with a bow. Far jumps earn a pull at the slot.", "出台、御风、弓步落地，飞得越远，好运三连的机会越多。"),
        ("I flew this far. And you?", "我飞了这么远，你呢？"),
        "ski-jump", 3_000, "slot", ("#0e3b43", "#f4faf9", "#10312f", "#c2542f"), "sport",
        chance_settings={"stops": "member"},
    ),
    Attraction(
        "night-gates",
        ("Gates by Night", "夜雪穿门"),
        ("Carve close to the poles under the floodlights, then rub the frost off your card.", "灯下雪坡，贴门走刃；冲过终点，刮开冰霜见好礼。"),
        ("Catch me before the finish", "终点之前，追上我试试"),
        "slalom", 46_000, "scratch", ("#1c1b3f", "#f7f7fd", "#1d1c38", "#c43a54"), "sport",
    ),
    Attraction(
        "quiet-breath",
        ("One Quiet Breath", "屏息一瞬"),
        ("Ski on the beat, shoot between two heartbeats, and crack a golden egg.", "踩准节奏滑行，在两次心跳之间击发，再砸一枚金蛋。"),
        ("Keep your heart calmer than mine", "比比谁的心跳更稳"),
        "biathlon", 58_000, "egg", ("#173629", "#f6faf6", "#17301f", "#9a6b12"), "sport",
        skill_settings={"difficulty": "easy"},
    ),
    Attraction(
        "feather-wishes",
        ("Feather Wishes", "羽落成愿"),
        ("Catch the down before it touches the snow; every good catch opens a box of surprises.", "羽绒轻落，抢在落雪之前接住它；接得漂亮，拆一只惊喜盲盒。"),
        ("How many feathers can you catch?", "你能接住多少片羽绒？"),
        "feathers", 2_200, "blind-box", ("#36254a", "#fbf7fc", "#2f2140", "#b04a86"), "casual",
    ),
    Attraction(
        "lantern-street",
        ("Lantern Street", "灯火雪街"),
        ("Dodge, jump and slide through the lit village, and run into a rain of red packets.", "左闪右躲，跑过灯火雪镇，奔进一场红包雨。"),
        ("Run down my street", "来我这条街上跑一趟"),
        "runner", 2_600, "red-packet", ("#45131c", "#fff8f3", "#35141a", "#c4451c"), "feast",
    ),
    Attraction(
        "warm-wits",
        ("Warm Wits", "暖冬知多少"),
        ("Eight questions on down, winter and the care of a good jacket. Quick and right counts most.", "八道题，聊羽绒、聊冬天、聊好衣服的养护，答得又快又准得分高。"),
        ("Do you know winter better?", "冬天的事，你懂得更多吗？"),
        "quiz", 700, "wheel", ("#123a5a", "#f5fafd", "#12304a", "#a8720a"), "casual",
        chance_settings={"turns": 4},
    ),
    Attraction(
        "cosy-pairs",
        ("Two of a Kind", "暖暖成双"),
        ("Remember where the knitwear lies, find every pair, and shake a box from the top shelf.", "记住每张卡片，翻出成双暖意，再摇一只顶层的盲盒。"),
        ("Pair them faster than I did", "看谁先凑齐这一对对"),
        "memory", 2_800, "blind-box", ("#40261f", "#fdf9f5", "#38231d", "#b3532e"), "casual",
        skill_settings={"difficulty": "easy"}, chance_settings={"rows": 3},
    ),
    Attraction(
        "closing-time",
        ("Before the Shop Closes", "打烊之前"),
        ("Match and cascade to fill the winter orders before the lights go out.", "交换、连消、引爆，赶在熄灯之前完成冬日订单。"),
        ("Fill more orders than I", "来，比比谁完成的订单多"),
        "match-three", 1_200, "nine-grid", ("#1b2f4a", "#f6f9fb", "#182a40", "#1f7a72"), "feast",
    ),
    Attraction(
        "up-to-the-moon",
        ("Up to the Moon", "叠到月亮上"),
        ("Drop each jacket true and build until you touch the moon; then strike for gold.", "看准落点，一件件叠上夜空；够高了，再砸一枚金蛋。"),
        ("My tower is taller", "我叠得比你高"),
        "stack", 180, "egg", ("#272350", "#f8f7fd", "#242048", "#a8741a"), "casual",
        chance_settings={"blows": 2},
    ),
)  # fmt: skip


def make_hall(
    database: Database, *, members: Sequence[UUID], staff_id: UUID, chance: Random, now: datetime
) -> None:
    """Open every campaign of the hall, and let some of ``members`` play in each."""
    pools = _pools(database)
    for number, it in enumerate(HALL):
        opened = now - timedelta(days=5 + number)
        campaign_id = publish(
            database, it.slug, _definition(it, pools[it.pool], now, opened), staff_id=staff_id, now=opened
        )
        guests = chance.sample(members, min(GUESTS, len(members)))
        times = {"since": now - timedelta(days=2), "until": now}
        play(database, campaign_id, guests, chance, **times)
        let_run(database, campaign_id, guests, chance, **times)


def _definition(
    it: Attraction, pool: list[dict[str, Any]], now: datetime, opened: datetime
) -> dict[str, Any]:
    return draft(
        "challenge",
        now,
        opened,
        now + timedelta(days=28),
        title=_both(it.title),
        intro=_both(it.intro),
        share=_both(it.dare),
        theme=dict(zip(("ground", "paper", "ink", "accent"), it.colours, strict=True)),
        game={"slug": it.chance, "config": it.chance_settings},
        limits={"plays": None, "plays_per_day": 4, "free": 0, "free_per_day": 2},
        challenge={
            "game": {"slug": it.skill, "config": it.skill_settings},
            "rounds_per_day": 20,
            "grants": [{"reach": it.reach, "chances": 1}],
            "granted_at_most": 2,
        },
        prizes=pool,
    )


def _pools(database: Database) -> dict[str, list[dict[str, Any]]]:
    """What can be won: after sport something to wear, for wits a discount, and a feast has a little for nearly all."""
    with database.transaction() as db:
        codes = ("SCARF", "WINTER50", "WINTER100", "WARM88")
        scarf, fifty, hundred, off = (template(db, code) for code in codes)
    wish = ("A warm wish", "一份温暖祝福", "none", 0, 0)
    return {
        "sport": [
            prize(
                1, "A cashmere scarf", "羊绒围巾礼品券", "gift", 10_000, 49_900, template_id=scarf, stock=40
            ),
            prize(2, "50 yuan off", "暖冬 50 元券", "coupon", 120_000, 5_000, template_id=fifty, stock=2_000),
            prize(3, "66 points", "66 积分", "points", 350_000, 66, points=66),
            prize(4, *wish, fallback=True),
        ],
        "casual": [
            prize(1, "12% off", "88 折券", "coupon", 100_000, 30_000, template_id=off, stock=1_500),
            prize(2, "50 points", "50 积分", "points", 250_000, 50, points=50),
            prize(3, "20 points", "20 积分", "points", 400_000, 20, points=20),
            prize(4, *wish, fallback=True),
        ],
        "feast": [
            prize(
                1, "100 yuan off", "暖冬 100 元券", "coupon", 30_000, 10_000, template_id=hundred, stock=300
            ),
            prize(2, "50 yuan off", "暖冬 50 元券", "coupon", 100_000, 5_000, template_id=fifty, stock=2_000),
            prize(3, "88 points", "88 积分", "points", 200_000, 88, points=88),
            prize(4, "18 points", "18 积分", "points", 500_000, 18, points=18),
            prize(5, *wish, fallback=True),
        ],
    }


def _both(text: Both) -> dict[str, str]:
    return {"en": text[0], "zh": text[1]}
