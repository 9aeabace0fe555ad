"""docs/operations.md names every column, and its examples can be brought in."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from center_core import channel, inventory, product
from center_core.kit import Session
from scrm.importing import import_locations, import_products, import_stores, locations, products, stores

from .files import Importing, bring, counted

DOCS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()


def about(file: str) -> str:
    """What is written on ``file``, up to the end of its example."""
    return DOCS[DOCS.index(f"**{file}**") :].split("```\n")[0]


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("stores.csv", stores.REQUIRED + stores.OPTIONAL),
        ("locations.csv", locations.REQUIRED + locations.OPTIONAL),
        ("products.csv", products.REQUIRED + products.OPTIONAL),
    ],
)
def test_all_columns_are_told(file: str, columns: tuple[str, ...]) -> None:
    first_cells = re.findall(r"^\| (`.*?) \|", about(file), re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(first_cells))) == sorted(columns)


@pytest.mark.parametrize(
    ("file", "importing", "made"),
    [
        ("stores.csv", import_stores, "stores"),
        ("locations.csv", import_locations, "locations"),
        ("products.csv", import_products, "skus"),
    ],
)
def test_the_examples(db: Session, now: datetime, file: str, importing: Importing, made: str) -> None:
    example = about(file).split("```csv\n")[1]
    assert counted(bring(importing, db, example, now=now))[made] == (1, 0, 0)
    assert [*channel.check(db), *product.check(db), *inventory.check(db)] == []
