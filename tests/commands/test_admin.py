"""`scrm admin`: an empty installation gets its first administrator, and one who was locked out gets back in."""

import pytest
from click.testing import CliRunner

from center_core import user
from center_core.kit import Database, Refused, utcnow
from scrm.cli import main
from tests import make


@pytest.fixture
def run(database: Database, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    return CliRunner()


def sign_in(database: Database, login: str, password: str) -> user.Access:
    with database.transaction() as db:
        staff = user.sign_in(db, login=login, password=password, ip=None, now=utcnow())
        return user.access(db, staff.id)


def test_the_first_administrator_of_an_empty_brand(run: CliRunner, database: Database) -> None:
    answer = run.invoke(main, ["admin", "Wang.Li", "--name", "王丽"])
    assert answer.exit_code == 0, answer.output
    assert sign_in(database, "wang.li", answer.output.split()[-1]).may("staff.edit")
    with database.transaction() as db:
        [noted] = user.audit_log(db).rows
    assert (noted.actor_kind, noted.verb) == ("system", "staff.create")


def test_who_is_there_already_is_asked_about_and_gets_a_new_password(
    run: CliRunner, database: Database
) -> None:
    with database.transaction() as db:
        staff = make.staff(db, login="wang")
        user.deactivate(db, staff_id=staff.id, now=utcnow())
    assert run.invoke(main, ["admin", "wang"], input="n\n").exit_code == 1
    with pytest.raises(Refused, match="sign_in_wrong"):
        sign_in(database, "wang", make.PASSWORD)
    answer = run.invoke(main, ["admin", "wang"], input="y\n")
    assert sign_in(database, "wang", answer.output.split()[-1]).may("staff.edit")
    with pytest.raises(Refused, match="sign_in_wrong"):
        sign_in(database, "wang", make.PASSWORD)
