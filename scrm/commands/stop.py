"""`scrm stop`: ends what `scrm up` started."""

import click


@click.command()
def command() -> None:
    """Stop what `scrm up` started in this folder, and the embedded servers."""
    from scrm import embedded
    from scrm.environment import var_folder
    from scrm.supervisor import stop_running

    stopped = stop_running(var_folder())
    embedded.stop(var_folder())
    click.echo("Stopped." if stopped else "Nothing was running.")
