"""Goods from a file: styles and SKUs made with exact prices, brought up to date, refused with all that is wrong."""

from datetime import datetime

import pytest

from center_core import product, user
from center_core.kit import Session
from scrm.importing import import_products
from tests import make

from .files import bring, counted, faults

LEAST = "style,name_zh,category,season,price,sku,barcode,colour,colour_zh,size"
INK_M = "D1,长款羽绒服,长款,26W,1299.00,D1-INK-M,6901,INK,墨黑,M"
INK_L = "D1,长款羽绒服,长款,26W,1299.00,D1-INK-L,6902,INK,墨黑,L"
SNW_L = "D1,长款羽绒服,长款,26W,1299,D1-SNW-L,6903,SNW,雪白,L"
VEST = "D2,马甲,马甲,26W,459.9,D2-INK-M,6904,INK,墨黑,M"
FILE = "\n".join([LEAST, INK_M, INK_L, SNW_L, VEST])


def test_an_empty_catalogue_is_filled(db: Session, now: datetime) -> None:
    outcome = bring(import_products, db, FILE, now=now)
    assert counted(outcome) == {"styles": (2, 0, 0), "skus": (4, 0, 0)}
    style = product.style_by_code(db, "D1")
    assert (style.name, style.category, style.season) == (
        {"zh": "长款羽绒服", "en": "长款羽绒服"}, "长款", "26W",
    )  # fmt: skip
    assert (style.silhouette, style.quilting, style.hood, style.fill, style.story) == (
        "short", "horizontal", False, "", {},
    )  # fmt: skip
    assert [
        (sku.code, sku.barcode, sku.colour, sku.colour_name["zh"], sku.size, sku.size_order, sku.price_fen)
        for sku in product.skus_of(db, style.id)
    ] == [
        ("D1-INK-M", "6901", "INK", "墨黑", "M", 0, 129_900),
        ("D1-INK-L", "6902", "INK", "墨黑", "L", 1, 129_900),
        ("D1-SNW-L", "6903", "SNW", "雪白", "L", 1, 129_900),
    ]
    [noted] = user.audit_log(db).rows
    assert (noted.actor_kind, noted.verb, noted.subject) == ("system", "product.import", "product:a.csv")
    assert noted.detail == {"styles_made": 2, "styles_changed": 0, "skus_made": 4, "skus_changed": 0}


def test_all_columns(db: Session, now: datetime) -> None:
    further = (
        "name_en,colour_en,silhouette,quilting,hood,fill,story_zh,story_en,colour_hex,size_order,sku_price"
    )
    line = f"{INK_M},Long Down,Ink,long,diamond,是,90% down,暖,Warm,#1B1D22,7,1199.5"
    bring(import_products, db, f"{LEAST},{further}\n{line}\n", now=now)
    style = product.style_by_code(db, "D1")
    assert (style.name["en"], style.silhouette, style.quilting, style.hood, style.fill, style.story) == (
        "Long Down", "long", "diamond", True, "90% down", {"zh": "暖", "en": "Warm"},
    )  # fmt: skip
    [sku] = product.skus_of(db, style.id)
    assert (sku.colour_name, sku.colour_hex) == ({"zh": "墨黑", "en": "Ink"}, "#1b1d22")
    assert (style.price_fen, sku.price_fen, sku.size_order) == (129_900, 119_950, 7)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        ("1299", 129_900), ("1299.9", 129_990), ("0.01", 1), ("19.99", 1_999), ("1.15", 115), ("8.2", 820),
        ("9999999.99", 999_999_999),
    ],
)  # fmt: skip
def test_prices_are_exact(db: Session, now: datetime, yuan: str, fen: int) -> None:
    bring(import_products, db, f"{LEAST}\n{INK_M.replace('1299.00', yuan)}\n", now=now)
    style = product.style_by_code(db, "D1")
    assert (style.price_fen, product.skus_of(db, style.id)[0].price_fen) == (fen, fen)


def test_the_same_file_again_changes_nothing(db: Session, now: datetime) -> None:
    bring(import_products, db, FILE, now=now)
    again = bring(import_products, db, FILE, now=now)
    assert counted(again) == {"styles": (0, 0, 2), "skus": (0, 0, 4)}
    assert len(user.audit_log(db).rows) == 1


def test_a_new_price_and_a_new_size(db: Session, now: datetime) -> None:
    bring(import_products, db, FILE, now=now)
    extra = "D1,长款羽绒服,长款,26W,999.00,D1-INK-XL,6905,INK,墨黑,XL"
    text = "\n".join([LEAST, INK_M.replace("1299.00", "999.00"), extra])
    assert counted(bring(import_products, db, text, now=now)) == {"styles": (0, 1, 0), "skus": (1, 1, 0)}
    style = product.style_by_code(db, "D1")
    prices = {sku.code: (sku.size_order, sku.price_fen) for sku in product.skus_of(db, style.id)}
    assert style.price_fen == 99_900
    assert prices == {
        "D1-INK-M": (0, 99_900), "D1-INK-L": (1, 129_900), "D1-INK-XL": (2, 99_900), "D1-SNW-L": (1, 129_900),
    }  # fmt: skip


def test_columns_that_the_file_has_not_are_left_alone(db: Session, now: datetime) -> None:
    sku = make.sku(db, code="K1", of=make.style(db, code="D1"), size="L")
    line = f"D1,风衣,长款,26W,10,K1,{sku.barcode},{sku.colour},藏青,L"
    bring(import_products, db, f"{LEAST}\n{line}\n", now=now)
    style = product.style(db, sku.style_id)
    assert (style.name["zh"], style.silhouette, style.hood, style.story["zh"]) == (
        "风衣", "parka", True, "温暖。",
    )  # fmt: skip
    assert style.name["en"].startswith("Jacket")
    assert (sku.colour_hex, sku.colour_name["en"], sku.size_order) == ("#1b2a49", "Navy", 3)


WRONG_PRICE = "is no price in yuan, such as 1299.00"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("D1,", ",", "style: it is empty"),
        ("长款羽绒服", "", "name_zh: it is empty"),
        (",长款,", ",长 款,", "category: '长 款' holds a blank or a comma"),
        ("26W", "", "season: it is empty"),
        ("1299.00", "", "price: it is empty"),
        ("1299.00", "0.00", f"price: '0.00' {WRONG_PRICE}"),
        ("1299.00", "-5", f"price: '-5' {WRONG_PRICE}"),
        ("1299.00", "12.345", f"price: '12.345' {WRONG_PRICE}"),
        ("1299.00", '"1,299.00"', f"price: '1,299.00' {WRONG_PRICE}"),
        ("1299.00", "¥1299", f"price: '¥1299' {WRONG_PRICE}"),
        ("1299.00", "１２９９", f"price: '１２９９' {WRONG_PRICE}"),
        ("1299.00", "1e3", f"price: '1e3' {WRONG_PRICE}"),
        ("D1-INK-M", "", "sku: it is empty"),
        ("6901", "6.9E+12", "barcode: '6.9E+12' was rounded by a spreadsheet; format the column as text"),
        ("6901", "69\x0001", "barcode: it holds a line break or another control character"),
        ("INK,", ",", "colour: it is empty"),
        ("墨黑", "", "colour_zh: it is empty"),
        (",M", ",", "size: it is empty"),
    ],
)
def test_wrong_cells(db: Session, now: datetime, old: str, new: str, told: str) -> None:
    line = new.join(INK_M.rsplit(old, 1))
    if old == "D1,":
        line = INK_M.replace(old, new, 1)
    assert faults(import_products, db, f"{LEAST}\n{line}\n", now=now) == [f"line 2, {told}"]
    assert product.styles(db).rows == []


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("colour_hex", "blue", "'blue' is no colour such as #1b1d22"),
        ("size_order", "-1", "'-1' is no whole number up to 9999"),
        ("hood", "maybe", "'maybe' is none of yes, no, 是, 否, 1, 0, true, false"),
        ("sku_price", "12,5", f"'12,5' {WRONG_PRICE}"),
        ("fill", "x" * 61, "it has 61 characters, and 60 are allowed"),
        ("story_zh", "x" * 2001, "it has 2001 characters, and 2000 are allowed"),
    ],
)
def test_wrong_cells_of_further_columns(
    db: Session, now: datetime, column: str, cell: str, told: str
) -> None:
    text = f'{LEAST},{column}\n{INK_M},"{cell}"\n'
    assert faults(import_products, db, text, now=now) == [f"line 2, {column}: {told}"]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (
            INK_L.replace("长款羽绒服", "短款"),
            ["name_zh: '短款', but line 2 says '长款羽绒服' of D1"],
        ),
        (INK_L.replace("1299.00", "1299.01"), ["price: '1299.01', but line 2 says '1299.00' of D1"]),
        (INK_L.replace("墨黑", "黑"), ["colour_zh: '黑', but line 2 says '墨黑' of D1 INK"]),
        (INK_L.replace("D1-INK-L", "D1-INK-M"), ["sku: line 2 has D1-INK-M already"]),
        (INK_L.replace("6902", "6901"), ["barcode: line 2 has 6901 already"]),
        (INK_L.replace(",L", ",M"), ["size: line 2 has D1 INK M already"]),
        (INK_L.replace("D1-INK-L", "6901"), ["sku: 6901 is the barcode in line 2"]),
        (INK_M, [
            "sku: line 2 has D1-INK-M already", "barcode: line 2 has 6901 already", "size: line 2 has D1 INK M already",
        ]),
    ],
)  # fmt: skip
def test_lines_that_contradict_each_other(db: Session, now: datetime, second: str, told: list[str]) -> None:
    text = "\n".join([LEAST, INK_M, second])
    assert faults(import_products, db, text, now=now) == [f"line 3, {fault}" for fault in told]
    assert product.styles(db).rows == []


def test_a_line_without_its_sku_is_compared_all_the_same(db: Session, now: datetime) -> None:
    text = "\n".join([LEAST, INK_M.replace("6901", ""), INK_L.replace("1299.00", "9"), VEST])
    assert faults(import_products, db, text, now=now) == [
        "line 2, barcode: it is empty",
        "line 3, price: '9', but line 2 says '1299.00' of D1",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (INK_M.replace("D1,", "D9,", 1), "style: D1-INK-M is there already, of another style"),
        (INK_M.replace("6901", "6999"), "barcode: D1-INK-M is there already with '6901', and keeps it"),
        (INK_M.replace("INK,", "RED,"), "colour: D1-INK-M is there already with 'INK', and keeps it"),
        (INK_M.replace(",M", ",S"), "size: D1-INK-M is there already with 'M', and keeps it"),
        (VEST.replace("6904", "6901"), "barcode: D1-INK-M has 6901 already"),
        (VEST.replace("D2-INK-M", "6901"), "sku: 6901 is the barcode of D1-INK-M"),
        (VEST.replace("6904", "D1-INK-M"), "barcode: D1-INK-M is the code of D1-INK-M"),
        (INK_M.replace("D1-INK-M,6901", "X,6999"), "size: D1-INK-M is D1 INK M already"),
    ],
)
def test_lines_that_contradict_the_catalogue(db: Session, now: datetime, line: str, told: str) -> None:
    bring(import_products, db, f"{LEAST}\n{INK_M}\n", now=now)
    assert faults(import_products, db, f"{LEAST}\n{line}\n", now=now) == [f"line 2, {told}"]


def test_a_file_with_nothing_below_its_header(db: Session, now: datetime) -> None:
    outcome = bring(import_products, db, f"{LEAST}\n", now=now)
    assert counted(outcome) == {"styles": (0, 0, 0), "skus": (0, 0, 0)}
    assert user.audit_log(db).rows == []


def test_a_sku_may_have_its_barcode_for_a_code(db: Session, now: datetime) -> None:
    text = f"{LEAST}\n{INK_M.replace('D1-INK-M', '6901')}\n"
    bring(import_products, db, text, now=now)
    assert counted(bring(import_products, db, text, now=now))["skus"] == (0, 0, 1)
    assert list(product.check(db)) == []
