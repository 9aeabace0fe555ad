"""Tables without their keys and indexes while millions of rows are written into them.

The rows of each block of members lie all over every index, so an index that grows with them is read and written in all
its pages for each block, and each row looks up what it refers to. Built and checked once, at the end, they cost a
fraction of that. All of it is one transaction: whoever dies in it leaves the tables as they were.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor

MEMORY_TO_BUILD = "512MB"

# What refers to others goes first, and comes back last.
CONSTRAINTS = """
select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
       format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
       conrelid::regclass::text
from pg_constraint
where contype in ('f', 'p', 'u') and %(tables)s::regclass[] && array[conrelid::regclass, confrelid::regclass]
order by contype <> 'f', conname
"""
INDEXES = """
select format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid), indrelid::regclass::text
from pg_index
where indrelid = any(%(tables)s::regclass[])
  and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
order by indexrelid
"""


@contextmanager
def bare(cursor: Cursor[Any], tables: Collection[str], say: Callable[[str], object]) -> Iterator[None]:
    """Take keys and indexes from ``tables``, and build and check them again at the end of the block.

    Locks the tables, and those that refer to them or are referred to, until the transaction ends.
    """
    names = {"tables": [f'"{table}"' for table in tables]}
    constraints = cursor.execute(CONSTRAINTS, names).fetchall()
    indexes = cursor.execute(INDEXES, names).fetchall()
    for drop, _, _ in [*constraints, *indexes]:
        cursor.execute(drop)
    yield
    cursor.execute("select set_config('maintenance_work_mem', %s, true)", [MEMORY_TO_BUILD])
    made = [*indexes, *reversed(constraints)]
    for done, (_, make, table) in enumerate(made):
        say(f"Index or key {done + 1} of {len(made)}: {table}")
        cursor.execute(make)
