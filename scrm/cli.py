"""The command `scrm`: one file in `scrm/commands` for each of its commands, imported when it is called."""

from importlib import import_module
from keyword import iskeyword

import click

COMMANDS = {
    "up": "start everything and keep it running",
    "stop": "stop what `scrm up` started, and the embedded servers",
    "migrate": "bring the database to the newest migration",
    "seed": "fill the database with the demo brand",
    "admin": "make an administrator, or give one a new password",
    "import": "bring in stores or products from a CSV file",
    "doctor": "check every invariant and balance, and say what is wrong",
    "retry": "bring back the events that were given up on",
    "distribute": "spread the tables over Citus by their families",
    "web": "serve HTTP",
    "realtime": "serve Socket.IO",
    "relay": "turn outbox rows into jobs",
    "worker": "deliver events to their handlers",
    "schedule": "run what falls due by time",
    "embedded": "run one embedded server in the foreground",
    "game": "make games: a playground that reloads as you type",
}


class LazyCommands(click.Group):
    """Knows its commands by name, so that `scrm realtime` imports nothing that gevent must patch first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # A module cannot be called by a word of the language itself.
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"scrm.commands.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyCommands)
def main() -> None:
    """The SCRM. Settings come from the environment; see docs/operations.md."""
