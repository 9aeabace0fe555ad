"""Faults planted into a throw-away installation, to see that the comparison sees them. Never in the product.

``answer-before-commit``: PostgreSQL says "committed" while the commit is still in memory, so every play is answered
before it is kept; a killed PostgreSQL then forgets acknowledged plays.

``stock-without-lock``: the draw reads the stock without its lock, thinks for a moment, and writes back what it
believes is left, without the guards that stand behind it; two web processes then give the same piece away twice.
"""

from collections.abc import Sequence

from sqlalchemy import text

from loadtests.installation import Installation

FAULTS = ("answer-before-commit", "stock-without-lock")

LATE_COMMITS = (
    "alter system set wal_writer_delay = '10s'",
    "alter system set wal_writer_flush_after = '1GB'",
    "select pg_reload_conf()",
    "alter database {database} set synchronous_commit = off",
)

# What of the draw is replaced by what. The pause is that of a busy machine between reading and writing.
UNLOCKED = (
    (
        "perform pg_advisory_xact_lock(hashtextextended(campaign::text, 7001));",
        "",
    ),
    (
        "  if by_moment then",
        "  perform pg_sleep(0.05);\n  if by_moment then",
    ),
    (
        "update prize_stock s set left_over = s.left_over - w.taken, won = s.won + w.taken",
        "update prize_stock s set left_over = case when s.left_over is not null then "
        "greatest(0, stock_left[array_position(stock_p, w.p)] - w.taken) end, "
        "won = stock_won[array_position(stock_p, w.p)] + w.taken",
    ),
    (
        "prize_no = prize.no and play_id is null",
        "prize_no = prize.no",
    ),
    (
        "raise exception 'a prize unit was won twice';",
        "null;",
    ),
)


def plant(it: Installation, fault: str) -> None:
    """Put ``fault`` into the running installation's database."""
    database = it.database()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if fault == "answer-before-commit":
            name = connection.scalar(text("select quote_ident(current_database())"))
            for statement in LATE_COMMITS:
                connection.execute(text(statement.format(database=name)))
            # Sessions that are open keep the old setting; the product opens new ones by itself.
            connection.execute(
                text("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
                     "and pid <> pg_backend_pid()")
            )  # fmt: skip
        elif fault == "stock-without-lock":
            draw = connection.scalar(text("select pg_get_functiondef('draw_batch'::regproc)"))
            connection.exec_driver_sql(replaced(str(draw), UNLOCKED).replace("%", "%%"))
        else:
            raise ValueError(f"PLANT is one of {', '.join(FAULTS)}")
    database.close()


def replaced(function: str, changes: Sequence[tuple[str, str]]) -> str:
    """``function`` with each part replaced; refuses one that is not there, since the fault would not be planted."""
    for old, new in changes:
        if old not in function:
            raise LookupError(f"the draw does not read as it did: {old}")
        function = function.replace(old, new)
    return function
