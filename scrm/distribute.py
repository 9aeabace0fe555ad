"""Spreads an existing database over Citus: each table to where its family belongs."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import text

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, Database, distribution

HAS_CITUS = text("select 1 from pg_extension where extname = 'citus'")
FAMILIES = text("select table_name, kind, key from table_family")
SPREAD = text("select logicalrelid::regclass::text from pg_dist_partition")
ONE_AFTER_ANOTHER = text("set local citus.multi_shard_modify_mode = 'sequential'")

# Foreign keys lead to reference tables, so those come first.
ORDER = (REFERENCE, MEMBER, DIRECTORY, LOCAL)


class CitusMissing(Exception):
    """The database is a plain PostgreSQL, or the extension was not created in it."""


class Placement(NamedTuple):
    """A table and its family, as the migrations declared it."""

    table: str
    kind: str
    key: str | None


def in_order(placements: Sequence[Placement]) -> list[Placement]:
    """The order in which Citus takes them: `member` before all that is kept beside it."""
    return sorted(placements, key=lambda p: (ORDER.index(p.kind), p.table != "member", p.table))


def distribute(database: Database, say: Callable[[str], None]) -> None:
    """Apply the families; each table in its own transaction, so that it can be stopped and taken up again."""
    with database.transaction() as db:
        if not db.scalar(HAS_CITUS):
            raise CitusMissing
        done = set(db.scalars(SPREAD))
        placements = [Placement(*row) for row in db.execute(FAMILIES)]
    for placement in in_order(placements):
        if placement.table in done:
            say(f"{placement.table}: spread already")
            continue
        with database.transaction() as db:
            db.execute(ONE_AFTER_ANOTHER)
            for statement, values in distribution(*placement):
                db.execute(text(statement), values)
        say(f"{placement.table}: {placement.kind}")
