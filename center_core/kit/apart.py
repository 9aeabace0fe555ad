"""Working off several things in one transaction, so that one which fails does not keep the others from their turn."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from .db import Session

log = logging.getLogger(__name__)


@contextmanager
def apart(db: Session, subject: str) -> Iterator[None]:
    """A savepoint for one of several: where the block fails, that alone is undone, and whoever goes on may do so.

    The failure is logged under ``subject``, such as ``campaign <id>``, and noted for whoever commits.
    """
    savepoint = db.begin_nested()
    try:
        with savepoint:
            yield
    except Exception as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise  # There is nothing left to go on with.
        log.exception("%s failed, and is passed over", subject)
        db.info.setdefault("failed_apart", []).append(subject)


def failed_apart(db: Session) -> list[str]:
    """What failed apart in this session."""
    found: list[str] = db.info.get("failed_apart", [])
    return found
