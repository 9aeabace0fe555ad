"""Writes the demo brand into an empty database, and as many blocks of members as are asked for."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text

from center_core import user
from center_core.kit import N_, Database, Refused, Session
from scrm.config import DEMO_PASSWORD

from .bare import bare
from .brand import LOGINS_OF_HEADQUARTERS, logins_of_staff, make_brand
from .campaigns import make_campaigns
from .copying import copy_in, of_block
from .hall import make_hall
from .members import SIZE, Block
from .world import World

SEED = 20261122
PASSWORD = DEMO_PASSWORD
OWNER = "demo"
MOST_MEMBERS = SIZE * 10_000
BLOCKS_BY_AND_BY = 10
"""So many grow the indexes as they come: to build those anew takes seconds."""
# What refers to other tables comes after them.
ORDER = (
    "tier", "region", "store", "staff", "role_grant", "location", "channel_code", "style", "sku", "stock", "movement",
    "coupon_template", "member", "identity", "consent", "tag", "binding", "points_balance", "points_posting",
    "coupon", "coupon_directory", "coupon_allowance", "order", "order_directory", "order_line", "payment",
    "redemption", "order_return", "order_return_line", "attribution",
)  # fmt: skip

Text = tuple[str, tuple[str, ...], str]


IS_HALF_MADE = text(
    "select exists (select from audit where subject = 'demo:brand' and verb = 'demo.begin') "
    "and not exists (select from audit where subject = 'demo:brand' and verb = 'demo.finish')"
)


def is_seeded(db: Session) -> bool:
    """Whether somebody put goods and stores into this database before, and was not interrupted at it."""
    return bool(db.scalar(text("select exists (select from store)"))) and not _is_half_made(db)


def _is_half_made(db: Session) -> bool:
    """The audit log tells: brands that were made before it did so have neither mark, and are whole."""
    return bool(db.scalar(IS_HALF_MADE))


def logins() -> list[tuple[str, str, str, str]]:
    """Who can sign in to the demo: what they are, the path where they do, login, password."""
    desk = [(role, "/console", login, PASSWORD) for login, role, *_ in LOGINS_OF_HEADQUARTERS]
    return [*desk, ("manager", "/guide", "manager001", PASSWORD), ("guide", "/guide", "guide001", PASSWORD)]


def all_logins() -> list[str]:
    """The logins of everybody whom ``seed`` makes."""
    return [OWNER, *logins_of_staff()]


def seed(database: Database, *, members: int, say: Callable[[str], object], now: datetime) -> None:
    """Fill an empty database, ``members`` rounded up to whole blocks of 5,000 above the first.

    The same on each machine for one day, but for password hashes and what the campaigns drew. Refuses
    ``already_seeded``, ``demo_half_made`` where it was interrupted before, and more members than the marks of a block
    can tell apart.
    """
    if not 0 < members <= MOST_MEMBERS:
        raise ValueError(f"from 1 to {MOST_MEMBERS} members")
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    say("Making the brand: 60 stores, 200 guides, 120 styles")
    with database.transaction() as db:
        _refuse_unless_empty(db)
        note(db, "demo.begin", now=now)
        owner = user.create_staff(db, login=OWNER, name={"en": "Demo", "zh": "演示"}, password=PASSWORD)
        user.grant(db, staff_id=owner.id, role="admin", scope="brand")
        brand = make_brand(
            chance=Random(SEED),
            now=midnight,
            password_hash=owner.password_hash or "",
            end=midnight + timedelta(days=3 * 365),
        )
        block = Block(brand.world, SEED, min(members, SIZE))
        say(f"Writing {block.rows.count('member'):,} members and {block.rows.count('order'):,} orders")
        texts = _in_order([*brand.rows.texts(), *block.rows.texts()])
        with _cursor(db) as cursor:
            for table, columns, rows in texts:
                copy_in(cursor, table, columns, of_block(rows, 0))
        owner_id = owner.id
        players = [UUID(of_block(id, 0)) for id in block.member_ids]
    if members > SIZE:
        _more_blocks(database, brand.world, -(-members // SIZE), say)
    say("Publishing three campaigns and letting members play")
    make_campaigns(database, members=players, staff_id=owner_id, chance=Random(SEED), now=now)
    say("Opening the hall of winter games")
    make_hall(database, members=players, staff_id=owner_id, chance=Random(SEED), now=now)
    with database.transaction() as db:
        note(db, "demo.finish", now=now)
    _tidy_up(database)


def _refuse_unless_empty(db: Session) -> None:
    if _is_half_made(db):
        raise Refused(
            "demo_half_made",
            N_(
                "The demo brand in this database is half made: whoever made it was interrupted. "
                "Begin anew with an empty database."
            ),
        )
    if is_seeded(db):
        raise Refused("already_seeded", N_("This database holds a brand already."))


def note(db: Session, verb: str, *, now: datetime) -> None:
    """Mark in the audit log how far it is made: it takes several transactions, and may be interrupted between them."""
    user.record(db, actor=user.SYSTEM, verb=verb, subject="demo:brand", now=now)


def _more_blocks(database: Database, world: World, blocks: int, say: Callable[[str], object]) -> None:
    """Blocks 1 to ``blocks`` - 1, all in one transaction; many of them into bare tables."""
    texts = _in_order(Block(world, SEED).rows.texts())
    with database.transaction() as db, _cursor(db) as cursor:
        tables = [table for table, _, _ in texts] if blocks > BLOCKS_BY_AND_BY else []
        with bare(cursor, tables, say):
            for number in range(1, blocks):
                for table, columns, rows in texts:
                    copy_in(cursor, table, columns, of_block(rows, number))
                if (number + 1) % 20 == 0 or number + 1 == blocks:
                    say(f"{(number + 1) * SIZE:,} of {blocks * SIZE:,} members")


def _in_order(texts: Iterable[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: ORDER.index(text[0]))


def _cursor(db: Session) -> psycopg.Cursor[Any]:
    connection = db.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)  # noqa: S101 - the engine speaks psycopg
    return connection.cursor()


def _tidy_up(database: Database) -> None:
    """Tell the planner what is there now, and mark the new rows as seen, rather than let the first visitors do it."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum (analyze)"))
