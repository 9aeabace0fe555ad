"""`scrm doctor`: silent on a healthy database, and loud about events that were given up on."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from center_core import user
from center_core.kit import Database, utcnow, uuid7
from scrm import demo
from scrm.cli import main
from scrm.doctor import examinations
from tests import make


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    return CliRunner()


def park_an_event(database: Database) -> str:
    event_id = uuid7()
    with database.transaction() as db:
        db.execute(
            text("insert into outbox (id, name, body, occurred_at, parked_at, tries, error) "
                 "values (:id, 'OrderPaid', '{}', now(), now(), 12, 'earn_points: KeyError')"),
            {"id": event_id},
        )  # fmt: skip
    return str(event_id)


def test_an_empty_database_is_healthy(run: CliRunner) -> None:
    answer = run.invoke(main, ["doctor"])
    assert answer.exit_code == 0, answer.output
    parts = [examination.part for examination in examinations()]
    assert answer.output.splitlines() == [f"ok    {part}" for part in parts]
    assert {"member", "inventory", "marketing", "order", "settlement", "campaigns", "events"} <= set(parts)


def test_a_parked_event_is_reported_until_it_is_brought_back(run: CliRunner, database: Database) -> None:
    event_id = park_an_event(database)
    answer = run.invoke(main, ["doctor"])
    assert answer.exit_code == 1
    assert f"{event_id}: OrderPaid failed 12 times, last: earn_points: KeyError" in answer.output
    assert run.invoke(main, ["retry"]).output == "1 events brought back.\n"
    assert run.invoke(main, ["doctor"]).exit_code == 0


def test_the_demos_people_with_its_public_password_are_reported_outside_a_demo(
    run: CliRunner, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as db:
        make.staff(db, role="admin", login="admin", password=demo.PASSWORD)
        guide = make.staff(db, role="guide", store=make.store(db), login="guide001", password=demo.PASSWORD)
        make.staff(db, role="marketer", login="marketer")
    answer = run.invoke(main, ["doctor"])
    assert answer.exit_code == 1
    assert [line.split()[1] for line in answer.output.splitlines() if "user.public_password" in line] == [
        "admin:", "guide001:",
    ]  # fmt: skip
    with database.transaction() as db:
        user.set_password(db, staff_id=guide.id, password=make.PASSWORD, now=utcnow())
    assert "guide001" not in run.invoke(main, ["doctor"]).output
    monkeypatch.setenv("SCRM_DEMO", "1")
    assert run.invoke(main, ["doctor"]).exit_code == 0
