"""`scrm distribute`: refuses a plain PostgreSQL, and takes tables in an order that their keys allow."""

import itertools

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from center_core.kit import Database
from scrm.cli import main
from scrm.distribute import Placement, in_order
from scrm.models import metadata


def test_a_plain_postgresql_is_told_so_and_left_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    answer = CliRunner().invoke(main, ["distribute"])
    assert answer.exit_code == 1
    assert "without Citus" in answer.output
    assert "nothing was changed" in answer.output


def test_what_others_refer_to_comes_first(database: Database) -> None:
    with database.transaction() as db:
        rows = db.execute(text("select table_name, kind, key from table_family")).all()
    order = [placement.table for placement in in_order([Placement(*row) for row in rows])]
    assert sorted(order) == sorted(metadata.tables)
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            target = key.column.table
            if target.info["family"] == "reference" != table.info["family"]:
                assert order.index(target.name) < order.index(table.name)


@pytest.mark.parametrize("shuffled", list(itertools.permutations(["play", "member", "award"])))
def test_the_member_table_leads_those_kept_beside_it(shuffled: tuple[str, ...]) -> None:
    placements = [Placement(name, "member", "member_id") for name in shuffled]
    assert [placement.table for placement in in_order(placements)] == ["member", "award", "play"]
