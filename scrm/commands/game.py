"""`scrm game`: for those who make games."""

import logging

import click


@click.group()
def command() -> None:
    """Make games."""


@command.command()
@click.argument("slug")
@click.option("--port", type=int, default=8300, show_default=True)
def play(slug: str, port: int) -> None:
    """Open the game SLUG in the playground, which builds it anew whenever a file changes."""
    from werkzeug.serving import make_server

    from games import catalog
    from games.build import STATIC
    from scrm.fronts.playground import create_app
    from scrm.fronts.playground.workshop import Workshop

    if not (catalog.FOLDER / slug / "game.toml").is_file():
        raise click.ClickException(f"There is no game {slug}. To begin one: make new-game SLUG={slug}")
    if not (STATIC / "node_modules").is_dir():
        raise click.ClickException("The bundler is not installed: run `make assets` first.")
    workshop = Workshop(slug)
    workshop.look()
    workshop.watch()
    # Each request's line would bury what the build has to say.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, create_app(workshop), threaded=True)
    click.echo(f"http://127.0.0.1:{server.port}/  the playground of {slug}; Ctrl-C ends it")
    if workshop.fault:
        click.echo(workshop.fault, err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.shutdown()
