"""Several people do something in the same moment, each in a transaction of their own."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from center_core.kit import Database, Fault, Session

PATIENCE = 20


def at_once(database: Database, *acts: Callable[[Session], object]) -> Counter[str]:
    """Run ``acts`` together; counts how many came through (``"done"``) and how many were refused, by key."""
    start = Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Callable[[Session], object]) -> None:
        try:
            with database.transaction() as db:
                db.connection()  # Everybody is connected before anybody begins.
                start.wait(PATIENCE)
                act(db)
            outcomes.append("done")
        except Fault as fault:
            outcomes.append(fault.key)
        except Exception as error:
            outcomes.append(repr(error))

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return Counter(outcomes)
