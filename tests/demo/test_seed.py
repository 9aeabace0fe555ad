"""The demo brand keeps every rule that the product keeps, is the same each time, and can be grown."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from click import ClickException
from click.testing import CliRunner
from sqlalchemy import func, select, text

import campaigns
from campaigns import season
from campaigns.board import read
from center_core import channel, inventory, marketing, member, order, product, settlement, user
from center_core.kit import Database, Refused, Session
from scrm import demo
from scrm.cli import main
from scrm.commands import up
from scrm.config import Config
from scrm.demo.brand import make_brand
from scrm.demo.copying import copy_in, of_block
from scrm.demo.hall import HALL
from scrm.demo.members import SIZE, Block, card_number
from scrm.demo.seed import ORDER

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def block(size: int = 120, number: int = 7) -> Block:
    brand = make_brand(chance=Random(1), now=NOW, password_hash="", end=NOW + timedelta(days=400))
    return Block(brand.world, number, size)


def findings(db: Session) -> list[object]:
    checked = (user, channel, member, product, inventory, marketing, order, settlement, campaigns, season)
    return [finding for centre in checked for finding in centre.check(db)]


def played_in(*lives: campaigns.Live) -> set[str]:
    """The games of these campaigns."""
    chosen = [(live.definition.game, live.definition.challenge) for live in lives]
    return {game.slug for game, _ in chosen} | {challenge.game.slug for _, challenge in chosen if challenge}


def test_the_demo_brand_keeps_every_rule_also_with_a_second_block(database: Database) -> None:
    told: list[str] = []
    demo.seed(database, members=150, say=told.append, now=NOW)
    assert told
    with database.transaction() as db:
        assert findings(db) == []
        assert len(channel.stores(db)) == 60
        assert len(user.staff_of_store(db, channel.store_by_code(db, "XJ001").id)) == 5
        slugs = ("first-snow", "twelve-twelve", "autumn-warm-up")
        assert [campaigns.by_slug(db, slug).state for slug in slugs] == [
            "running", "scheduled", "settled",
        ]  # fmt: skip
        live = campaigns.read_live(db, campaigns.by_slug(db, "first-snow").id)
        assert sum(1 for _ in read(db, campaigns.board_of(live).standings())) > 20
        links = campaigns.report(db, live.id, now=NOW).links
        assert links.friends > 10
        assert links.races > 3
        halls = [campaigns.read_live(db, campaigns.by_slug(db, it.slug).id) for it in HALL]
        assert {live.phase(NOW) for live in halls} == {"running"}
        assert len(played_in(live, *halls)) >= 18, "a newcomer can play every game that the brand has"
        for one in halls:
            assert sum(1 for _ in read(db, campaigns.board_of(one).standings())) > 4, one.slug
        assert season.size(db, season.by_slug(db, "winter-cup")) > 1
        assert {row.login for row in db.scalars(select(user.Staff))} == set(demo.all_logins())
        assert user.sign_in(db, login="guide001", password=demo.PASSWORD, ip="127.0.0.1", now=NOW)

    with database.transaction() as db:
        brand = make_brand(
            chance=Random(20261122), now=NOW.replace(hour=0, minute=0), password_hash="", end=NOW
        )
        again = Block(brand.world, 20261122, 150)
        cursor = db.connection().connection.driver_connection.cursor()  # type: ignore[union-attr]
        for table, columns, rows in sorted(again.rows.texts(), key=lambda one: ORDER.index(one[0])):
            copy_in(cursor, table, columns, of_block(rows, 1234))
    with database.transaction() as db:
        assert (
            db.scalar(select(func.count()).select_from(member.Member).where(member.Member.kind == "person"))
            == 300
        )
        assert findings(db) == []
        assert db.scalar(text("select count(distinct number) from member")) == 300

        assert demo.is_seeded(db)

    with pytest.raises(Refused, match="already_seeded"), database.transaction() as db:
        demo.seed(database, members=150, say=told.append, now=NOW)


def test_the_same_each_time() -> None:
    assert list(block().rows.texts()) == list(block().rows.texts())
    assert list(block(number=8).rows.texts()) != list(block().rows.texts())


def test_growth_is_what_the_years_lots_have_left() -> None:
    """As the member centre counts it: a return belongs to its purchase."""
    rows = {table: rows_of(columns, lines) for table, columns, lines in block(2000).rows.texts()}
    a_year_ago = NOW - timedelta(days=365)
    lots = {
        row["id"]: datetime.fromisoformat(row["at"])
        for row in rows["points_posting"]
        if row["kind"] == "earn"
    }
    counted = Counter[str]()
    for row in rows["points_posting"]:
        if row["lot_id"] in lots and lots[row["lot_id"]] > a_year_ago:
            counted[row["member_id"]] += int(row["available_change"]) + int(row["pending_change"])
    said = {row["member_id"]: int(row["growth"]) for row in rows["member"]}
    assert sum(said.values()) > 0
    assert {who: said[who] for who in said if said[who] != counted[who]} == {}


def rows_of(columns: tuple[str, ...], lines: str) -> list[dict[str, str]]:
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines.splitlines()]


@pytest.mark.parametrize("number", [0, 1, 9, 87, 4321, 9999])
def test_card_numbers_of_each_block_are_valid(number: int) -> None:
    for index in (0, 17, SIZE - 1):
        card = of_block(card_number(index), number)
        assert card == member.card_number(int(card[:-1]))


def test_orders_follow_the_season() -> None:
    rows = {table: (columns, text) for table, columns, text in block(600).rows.texts()}
    columns, lines = rows["order"]
    at = columns.index("placed_at")
    months = [datetime.fromisoformat(line.split("\t")[at]).month for line in lines.splitlines()]
    winter = sum(month in (11, 12, 1, 2) for month in months)
    summer = sum(month in (5, 6, 7, 8) for month in months)
    assert winter > 4 * summer


def test_a_demo_that_was_interrupted_says_so_instead_of_passing_for_a_whole_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(demo.seed.__globals__, "make_campaigns", interrupted)
    with pytest.raises(KeyboardInterrupt):
        demo.seed(database, members=20, say=lambda _line: None, now=NOW)
    with database.transaction() as db:
        assert channel.stores(db), "so far it came"
        assert not demo.is_seeded(db)
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    answer = CliRunner().invoke(main, ["seed"])
    assert answer.exit_code == 1
    assert "Error: The demo brand in this database is half made" in answer.output
    with pytest.raises(ClickException, match=r"half made.* It is in .*/postgres, unless DATABASE_URL"):
        up._seed_once(Config.from_env())
