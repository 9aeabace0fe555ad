"""`scrm embedded`: one embedded server in the foreground, as the supervisor runs it."""

import signal

import click


@click.command(hidden=True)
@click.argument("name", type=click.Choice(["postgres", "valkey"]))
def command(name: str) -> None:
    """Become PostgreSQL or Valkey."""
    from scrm import embedded
    from scrm.environment import var_folder
    from scrm.supervisor.child import begin, end_with_parent

    begin(var_folder())
    end_with_parent(signal.SIGINT if name == "postgres" else signal.SIGTERM)
    embedded.foreground(var_folder(), name)
