"""`scrm import`: all of a file or nothing of it, and what the terminal shows."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from center_core import channel, inventory, product, user
from center_core.kit import Database, Session
from scrm.cli import main
from scrm.importing import locations, stores

STORES = "code,name_zh,city_zh,address_zh,region,region_zh\n"
PRODUCTS = "style,name_zh,category,season,price,sku,barcode,colour,colour_zh,size\n"
AT_THE_SAME_MOMENT = (
    "Error: Somebody else brought in the same at the same moment. Nothing was written; please try again.\n"
)


class Terminal:
    """Where an administrator types; ``a.csv`` is their file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def bring(self, what: str, content: bytes | str, *options: str) -> Result:
        self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(main, ["import", what, str(self.file), *options])


@pytest.fixture
def terminal(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    return Terminal(tmp_path / "a.csv")


def stored(database: Database) -> tuple[list[str], list[str], int]:
    """The codes of stores and styles, and how much is in the audit log."""
    with database.transaction() as db:
        return (
            [store.code for store in channel.stores(db)],
            [style.code for style in product.styles(db).rows],
            len(user.audit_log(db).rows),
        )


def test_stores_and_products_of_an_empty_brand(terminal: Terminal, database: Database) -> None:
    answer = terminal.bring("stores", STORES + "N1,外滩店,上海,中山路1号,E,东区\n")
    assert (answer.exit_code, answer.output) == (
        0,
        "regions: 1 made, 0 brought up to date, 0 unchanged\nstores: 1 made, 0 brought up to date, 0 unchanged\n",
    )
    content = (PRODUCTS + "D1,羽绒服,长款,26W,1299.00,D1-M,6901,INK,墨黑,M\n").encode("gb18030")
    answer = terminal.bring("products", content)
    assert (answer.exit_code, answer.output) == (
        0,
        "a.csv was read as GB18030.\n"
        "styles: 1 made, 0 brought up to date, 0 unchanged\nskus: 1 made, 0 brought up to date, 0 unchanged\n",
    )
    assert stored(database) == (["N1"], ["D1"], 2)
    with database.transaction() as db:
        assert product.style_by_code(db, "D1").name["zh"] == "羽绒服"


def test_a_check_writes_nothing(terminal: Terminal, database: Database) -> None:
    answer = terminal.bring("stores", STORES + "N1,外滩店,上海,中山路1号,E,东区\n", "--check")
    assert (answer.exit_code, answer.output) == (
        0,
        "Checked; nothing was written. It would be:\n"
        "regions: 1 made, 0 brought up to date, 0 unchanged\nstores: 1 made, 0 brought up to date, 0 unchanged\n",
    )
    assert stored(database) == ([], [], 0)
    with database.transaction() as db:
        assert channel.regions(db) == []


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_one_wrong_line_and_nothing_is_written(
    terminal: Terminal, database: Database, options: tuple[str, ...]
) -> None:
    answer = terminal.bring("stores", STORES + "N1,外滩店,上海,中山路1号,E,东区\nN2,,上海,街,E,\n", *options)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (
        1, "", "a.csv, line 3, name_zh: it is empty\nError: Nothing was written.\n",
    )  # fmt: skip
    assert stored(database) == ([], [], 0)


def test_fifty_faults_are_shown(terminal: Terminal) -> None:
    answer = terminal.bring("stores", STORES + ",店,上海,街,,\n" * 53)
    lines = answer.stderr.splitlines()
    assert lines[0] == "a.csv, line 2, code: it is empty"
    assert lines[49:] == ["a.csv, line 51, code: it is empty", "… and 3 more", "Error: Nothing was written."]


def test_exactly_fifty_faults_have_no_more(terminal: Terminal) -> None:
    answer = terminal.bring("stores", STORES + ",店,上海,街,,\n" * 50)
    assert "more" not in answer.stderr
    assert len(answer.stderr.splitlines()) == 51


def test_two_who_bring_in_the_same_at_the_same_moment(
    terminal: Terminal, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = stores._bring_regions

    def late(*args: Any) -> Any:
        with database.transaction() as other:
            channel.create_region(other, code="E", name={"zh": "东区", "en": "East"})
        return bring(*args)

    monkeypatch.setattr(stores, "_bring_regions", late)
    answer = terminal.bring("stores", STORES + "N1,外滩店,上海,中山路1号,E,东区\n")
    assert (answer.exit_code, answer.stderr) == (1, AT_THE_SAME_MOMENT)
    assert stored(database) == ([], [], 0)


@pytest.mark.parametrize("ended", [True, False])
def test_two_who_make_the_same_warehouse_at_the_same_moment(
    terminal: Terminal, database: Database, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    bring = locations._bring_location

    with database.session() as other:

        def late(db: Session, *args: Any) -> Any:
            inventory.create_location(other, code="W1", kind="sub", name={"zh": "甲仓", "en": "A"})
            if ended:
                other.commit()
            db.execute(text("set local lock_timeout = '10ms'"))
            return bring(db, *args)

        monkeypatch.setattr(locations, "_bring_location", late)
        answer = terminal.bring("locations", "code,kind,name_zh\nW1,main,乙仓\n")
        other.commit()
    assert (answer.exit_code, answer.stderr) == (1, AT_THE_SAME_MOMENT)
    with database.transaction() as db:
        assert [it.name["zh"] for it in inventory.locations(db)] == ["甲仓"]
        assert user.audit_log(db).rows == []


def test_a_file_that_is_not_there(terminal: Terminal) -> None:
    answer = CliRunner().invoke(main, ["import", "stores", str(terminal.file)])
    assert answer.exit_code == 2
    assert "does not exist" in answer.stderr
