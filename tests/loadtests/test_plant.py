"""A planted fault really changes the draw; one that no longer fits it is refused rather than not planted."""

import pytest
from sqlalchemy import text

from center_core.kit import Session
from loadtests.plant import UNLOCKED, replaced


def test_every_change_fits_the_draw_as_it_is(db: Session) -> None:
    draw = db.scalar(text("select pg_get_functiondef('draw_batch'::regproc)"))
    planted = replaced(str(draw), UNLOCKED)
    assert "pg_advisory_xact_lock" not in planted
    db.connection().exec_driver_sql(planted.replace("%", "%%"))


def test_a_change_that_does_not_fit_is_refused() -> None:
    with pytest.raises(LookupError):
        replaced("begin end", UNLOCKED)
