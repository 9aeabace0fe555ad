"""Several people do something in the same moment, each in a transaction of their own."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Event, Thread
from time import sleep

from sqlalchemy import text

from center_core.kit import Database, Fault, Session

PATIENCE = 20
Act = Callable[[Session], object]

WAITING = text("""
    select exists (select from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock' and state = 'active')
""")


def at_once(database: Database, *acts: Act) -> Counter[str]:
    """Run ``acts`` together; counts how many came through (``"done"``) and how many were refused, by key."""
    start = Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Act) -> None:
        def begin(db: Session) -> None:
            db.connection()  # Everybody is connected before anybody begins.
            start.wait(PATIENCE)
            act(db)

        outcomes.append(_outcome(database, begin))

    _together(*[lambda act=act: run(act) for act in acts])  # type: ignore[misc]
    return Counter(outcomes)


def overtaking(database: Database, first: Act, second: Act, *, then: Act | None = None) -> tuple[str, str]:
    """Let ``second`` begin when ``first`` is done but not committed; how each of them ended.

    ``first`` commits as soon as ``second`` waits for it, or has come through without waiting; before that it does what
    comes ``then``.
    """
    first_did, second_ended = Event(), Event()
    outcomes = {}

    def lead() -> None:
        def act(db: Session) -> None:
            try:
                first(db)
            finally:
                first_did.set()
            while not second_ended.is_set() and not _somebody_waits(database):
                sleep(0.002)
            if then is not None:
                then(db)

        outcomes["first"] = _outcome(database, act)

    def follow() -> None:
        first_did.wait(PATIENCE)
        outcomes["second"] = _outcome(database, second)
        second_ended.set()

    _together(lead, follow)
    return outcomes["first"], outcomes["second"]


def _outcome(database: Database, act: Act) -> str:
    try:
        with database.transaction() as db:
            act(db)
    except Fault as fault:
        return fault.key
    except Exception as error:
        return repr(error)
    return "done"


def _together(*runs: Callable[[], None]) -> None:
    threads = [Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def _somebody_waits(database: Database) -> bool:
    with database.transaction() as db:
        return bool(db.scalar(WAITING))
