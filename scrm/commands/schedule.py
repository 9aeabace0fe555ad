"""`scrm schedule`: runs what falls due by time."""

import click


@click.command()
def command() -> None:
    """Run what falls due by time until stopped. Several may run; one works, the others stand by."""
    from scrm.commands.beginning import begin_process, open_database
    from scrm.commands.stopping import stop_flag
    from scrm.jobs import Schedule
    from scrm.jobs.periodic import periodic_jobs

    config = begin_process("schedule")
    Schedule(open_database(config, "schedule"), periodic_jobs()).run(stop_flag())
