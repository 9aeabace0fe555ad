"""Key families: to which nodes a table's rows belong once one machine becomes many.

See docs/adr/0003-key-families.md. On a plain PostgreSQL the families change nothing; they are recorded so
that ``scrm distribute`` can apply them to a database that outgrew its machine.
"""

from typing import Any

from sqlalchemy import text

MEMBER = "member"
"""Owned by one member: the primary key and every unique index begin with ``member_id``."""
DIRECTORY = "directory"
"""Small rows keyed by what people type or scan; they name the member and the id to look under."""
REFERENCE = "reference"
"""Copied to every node: rarely written, read everywhere."""
LOCAL = "local"
"""On the coordinator only: scarce goods and the plumbing."""

KINDS = (MEMBER, DIRECTORY, REFERENCE, LOCAL)


def family(kind: str, key: str | None = None) -> dict[str, Any]:
    """The ``info`` of a table in ``models.py``; ``key`` is the column a directory is spread by."""
    return {"family": kind, "key": "member_id" if kind == MEMBER else key}


def place(table: str, kind: str, key: str | None = None) -> None:
    """In a migration, after ``create_table``: record the table's family, and apply it where Citus is there.

    ``key`` is the distribution column of a directory; member-owned tables always use ``member_id``.
    """
    from alembic import op

    key = "member_id" if kind == MEMBER else key
    bind = op.get_bind()
    bind.execute(
        text(
            "insert into table_family (table_name, kind, key) values (:t, :kind, :key) "
            "on conflict (table_name) do update set kind = excluded.kind, key = excluded.key"
        ),
        {"t": table, "kind": kind, "key": key},
    )
    if bind.scalar(text("select 1 from pg_extension where extname = 'citus'")):
        bind.execute(text("set local citus.multi_shard_modify_mode = 'sequential'"))
        for statement, values in distribution(table, kind, key):
            bind.execute(text(statement), values)


def distribution(table: str, kind: str, key: str | None) -> list[tuple[str, dict[str, Any]]]:
    """The Citus calls that put ``table`` where its family belongs."""
    if kind == REFERENCE:
        return [("select create_reference_table(:t)", {"t": table})]
    if kind == LOCAL:
        return [("select citus_add_local_table_to_metadata(:t)", {"t": table})]
    together = "member" if kind == MEMBER else "none"
    return [
        (
            "select create_distributed_table(:t, :key, colocate_with => :together)",
            {"t": table, "key": key, "together": together if table != "member" else "none"},
        )
    ]
