"""What the demo brand makes: twelve series in ten cuts, each in a handful of colours and a run of sizes."""

from random import Random
from typing import NamedTuple

# Name and story, in English and Chinese.
SERIES = (
    (
        "First Snow",
        "初雪",
        "The hush of a street before anybody has walked on it.",
        "街道还没有人走过时的那份安静。",
    ),
    ("Aurora", "极光", "Made for the hour when the sky does the talking.", "为天空开口说话的那个时辰而做。"),
    (
        "Cedar",
        "雪松",
        "A deep green that keeps its colour when everything else has gone.",
        "万物褪色时，仍留住一抹深绿。",
    ),
    ("Moonlight", "月白", "Not quite white: the colour of snow at midnight.", "不全是白，是午夜雪地的颜色。"),
    (
        "Frost Flower",
        "霜华",
        "Fine quilting, like what grows on a window by morning.",
        "细密绗缝，如清晨窗上的霜花。",
    ),
    (
        "Glacier",
        "冰川",
        "The warmest we make, for places that do not forgive.",
        "我们最暖的一件，献给不容出错的地方。",
    ),
    ("Lamplight", "灯火", "A warm lining for the walk home.", "为回家那段路准备的暖里。"),
    ("Quiet Peak", "静峰", "Nothing on it that you do not need up there.", "山上用不到的，一样也没有。"),
    (
        "Northbound",
        "北行",
        "Packs into its own pocket and forgets the journey.",
        "收进自己的口袋，忘了路有多远。",
    ),
    ("Winter Plum", "寒梅", "A small red where nobody expects one.", "在意想不到处，点一抹红。"),
    ("Ice River", "冰河", "Straight seams, long lines, one zip.", "利落的线，长长的身，一道拉链。"),
    ("Letter", "雪笺", "The one with our name on it.", "写着我们名字的那一件。"),
)


class Cut(NamedTuple):
    """A pattern that every series is cut in. ``base_yuan`` is the price of the simplest series."""

    name: tuple[str, str]
    category: str
    silhouette: str
    quilting: str
    hood: bool
    fill: str
    base_yuan: int


CUTS = (
    Cut(("Short Down", "短款羽绒服"), "short", "short", "horizontal", False, "90% white duck, 140 g", 899),
    Cut(
        ("Hooded Short Down", "短款连帽羽绒服"),
        "short",
        "short",
        "diamond",
        True,
        "90% white goose, 150 g",
        1299,
    ),
    Cut(
        ("Cropped Puffer", "短蓬羽绒服"),
        "cropped",
        "cropped",
        "horizontal",
        False,
        "85% grey duck, 120 g",
        799,
    ),
    Cut(("Mid Down", "中长款羽绒服"), "mid", "parka", "none", True, "90% white goose, 190 g", 1699),
    Cut(("Long Down", "长款羽绒服"), "long", "long", "horizontal", True, "90% white goose, 240 g", 1999),
    Cut(
        ("Expedition Parka", "极寒派克"),
        "expedition",
        "parka",
        "vertical",
        True,
        "95% white goose, 300 g",
        3299,
    ),
    Cut(("Light Down", "轻薄羽绒服"), "light", "short", "vertical", False, "90% white duck, 70 g", 499),
    Cut(("Down Vest", "羽绒马甲"), "vest", "vest", "diamond", False, "90% white duck, 80 g", 459),
    Cut(("Kids' Down", "儿童羽绒服"), "kids", "kids", "horizontal", True, "90% white duck, 110 g", 599),
    Cut(("Kids' Long Down", "儿童长款羽绒服"), "kids", "long", "diamond", True, "90% white duck, 150 g", 799),
)

# Name in English and Chinese, and the colour that it is drawn in.
COLOURS = {
    "INK": ("Ink black", "墨黑", "#1b1d22"),
    "SNW": ("Snow white", "雪白", "#f2f3ef"),
    "NGT": ("Night blue", "夜蓝", "#1d2d5c"),
    "ICE": ("Ice blue", "冰蓝", "#9fc3d9"),
    "CDR": ("Cedar green", "松绿", "#2f4a3c"),
    "RDB": ("Lantern red", "灯笼红", "#a92f2b"),
    "CML": ("Camel", "驼色", "#b98c5a"),
    "OAT": ("Oat", "燕麦", "#d9cdb8"),
    "PLM": ("Plum", "梅紫", "#5b2c44"),
    "FOG": ("Fog grey", "雾灰", "#8b9199"),
    "AMB": ("Amber", "琥珀", "#d08a2e"),
    "ROS": ("Dusk rose", "暮粉", "#c98f8c"),
}
ADULT_SIZES = ("XS", "S", "M", "L", "XL", "XXL")
KIDS_SIZES = ("110", "120", "130", "140", "150", "160")
# How often a size is asked for: what the store is short of first.
SIZE_WEIGHT = {"XS": 6, "S": 18, "M": 28, "L": 26, "XL": 15, "XXL": 7} | dict.fromkeys(KIDS_SIZES, 16)


class DemoStyle(NamedTuple):
    """A style before it has an id."""

    code: str
    name: dict[str, str]
    story: dict[str, str]
    cut: Cut
    season: str
    price_fen: int


class DemoSku(NamedTuple):
    """A SKU before it has an id; ``style`` is the index of its style."""

    style: int
    code: str
    barcode: str
    colour: str
    size: str
    size_order: int
    price_fen: int


def styles() -> list[DemoStyle]:
    """The 120 styles, dearer from series to series."""
    made = []
    for s, (series_en, series_zh, story_en, story_zh) in enumerate(SERIES):
        for c, cut in enumerate(CUTS):
            yuan = cut.base_yuan + (s * 37 % 12) * (cut.base_yuan // 200) * 10
            made.append(
                DemoStyle(
                    code=f"XJ{s + 1:02d}{c + 1:02d}",
                    name={"en": f"{series_en} {cut.name[0]}", "zh": f"{series_zh}{cut.name[1]}"},
                    story={"en": story_en, "zh": story_zh},
                    cut=cut,
                    season="26W" if s % 3 else "25W",
                    price_fen=(yuan // 100 * 100 + 99) * 100,
                )
            )
    return made


def skus(made: list[DemoStyle], chance: Random) -> list[DemoSku]:
    """Each style in four to six colours and its run of six sizes."""
    rows: list[DemoSku] = []
    for index, style in enumerate(made):
        sizes = KIDS_SIZES if style.cut.category == "kids" else ADULT_SIZES
        for colour in sorted(chance.sample(sorted(COLOURS), chance.randint(4, 6))):
            for order, size in enumerate(sizes):
                rows.append(
                    DemoSku(
                        style=index,
                        code=f"{style.code}-{colour}-{size}",
                        barcode=ean13(f"699{len(rows):09d}"),
                        colour=colour,
                        size=size,
                        size_order=order,
                        price_fen=style.price_fen,
                    )
                )
    return rows


def ean13(twelve: str) -> str:
    """``twelve`` digits with the EAN-13 check digit behind them (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"
