"""`scrm admin LOGIN`: the first administrator, or a way back in for one."""

import secrets

import click


@click.command()
@click.argument("login")
@click.option("--name", help="How colleagues see them; the login unless given.")
def command(login: str, name: str | None) -> None:
    """Let LOGIN administer the brand, with a new password that is printed once.

    Somebody who is there already is asked about first: their old password ends, and they are let back in if they had
    left.
    """
    from center_core import user
    from center_core.kit import Database, utcnow
    from scrm.config import Config
    from scrm.environment import complete_environment

    complete_environment()
    database = Database(Config.from_env().database_url)
    password, now = secrets.token_urlsafe(12), utcnow()
    try:
        with database.transaction() as db:
            found = user.staff_by_login(db, login)
            if found is None:
                called = {"zh": name or login, "en": name or login}
                found = user.create_staff(db, login=login, name=called, password=password)
                verb = "staff.create"
            else:
                click.confirm(f"{found.login} is there already. Set a new password?", abort=True)
                user.set_password(db, staff_id=found.id, password=password, now=now)
                user.reactivate(db, staff_id=found.id)
                verb = "staff.reset_password"
            user.grant(db, staff_id=found.id, role="admin")
            user.record(
                db,
                actor=user.SYSTEM,
                verb=verb,
                subject=f"staff:{found.id}",
                detail={"login": found.login},
                now=now,
            )
            signs_in_as = found.login
    finally:
        database.close()
    click.echo(f"{signs_in_as} administers the brand. The password, shown this once: {password}")
