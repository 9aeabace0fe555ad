"""`scrm realtime`: serves Socket.IO."""

import click


@click.command()
@click.argument("index", type=int, default=0)
def command(index: int) -> None:
    """Serve Socket.IO until stopped. Processes of one port share it; INDEX tells them apart."""
    # First of all: it patches the standard library for gevent, before anything makes a lock or a socket.
    from scrm.fronts.realtime.server import main  # isort: skip

    from scrm.commands.beginning import begin_process

    main(begin_process("realtime"), index)
