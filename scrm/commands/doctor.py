"""`scrm doctor`: what is wrong, if anything is."""

import sys

import click


@click.command()
def command() -> None:
    """Check every invariant and recompute every balance; exit with 1 if anything is wrong."""
    from center_core.kit import Database
    from scrm.config import Config
    from scrm.doctor import examinations
    from scrm.environment import complete_environment

    complete_environment()
    config = Config.from_env()
    database = Database(config.database_url)
    wrong = 0
    for examination in examinations(public_passwords=config.refused_passwords):
        with database.transaction() as db:
            findings = list(examination.check(db))
        click.echo(f"{'ok   ' if not findings else 'WRONG'} {examination.part}")
        for finding in findings:
            click.echo(f"      {finding.check} {finding.subject}: {finding.detail}")
        wrong += len(findings)
    database.close()
    sys.exit(1 if wrong else 0)
