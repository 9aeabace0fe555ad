"""`scrm up`: everything, from an empty folder to the addresses to open, kept running until Ctrl-C."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

import click

from scrm import embedded
from scrm.config import Config
from scrm.environment import complete_environment, uses_embedded_servers, var_folder
from scrm.supervisor import AlreadyRunning, Supervision, application_programs, embedded_programs
from scrm.supervisor.run import only_one

SECONDS_TO_START = 240
# Only while starting, when a person waits for a word; afterwards what dies is started again for ever.
DEATHS_BEFORE_GIVING_UP = 6


@click.command()
@click.option("--port", type=int, envvar=["PORT", "SCRM_PORT"], default=8000, show_default=True)
def command(port: int) -> None:
    """Start everything and keep it running: embedded servers, web, Socket.IO, relay, workers, scheduler."""
    var = var_folder()
    _choose_addresses(port)
    try:
        with only_one(var):
            _up(var)
    except AlreadyRunning:
        raise click.ClickException(f"It runs already, in {var}. Stop it with: scrm stop") from None
    except (embedded.EmbeddedError, LookupError) as error:
        raise click.ClickException(str(error)) from None


def _up(var: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _as_interrupt)
    own_servers = uses_embedded_servers()
    if own_servers:
        embedded.prepare(var)
    complete_environment()
    config = Config.from_env()
    _refuse_taken_ports(config)
    _empty_folder(var / "metrics")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(var / "metrics")
    programs = [*(embedded_programs() if own_servers else []), *application_programs(config)]
    supervision = Supervision(var, programs)
    try:
        _run(supervision, config, own_servers=own_servers)
    except KeyboardInterrupt:
        click.echo("\nStopping ...")
    finally:
        supervision.stop()


def _run(supervision: Supervision, config: Config, *, own_servers: bool) -> None:
    supervision.start()
    if own_servers:
        with _step("PostgreSQL and Valkey"):
            _await(lambda: embedded.are_ready(supervision.var), supervision)
    _prepare_database(config)
    with _step("Web, Socket.IO, relay, workers and scheduler"):
        supervision.start_application()
        for port, path in ((config.port, "readyz"), (config.realtime_port, "healthz")):
            _await(partial(_answers, f"http://{config.host}:{port}/{path}"), supervision)
    _print_addresses(config)
    supervision.wait()


def _choose_addresses(port: int) -> None:
    """What nobody set follows from the port."""
    os.environ["SCRM_PORT"] = str(port)
    realtime = os.environ.setdefault("SCRM_REALTIME_PORT", str(port + 1))
    os.environ.setdefault("SCRM_PUBLIC_URL", f"http://localhost:{port}")
    os.environ.setdefault("SCRM_REALTIME_URL", f"http://localhost:{realtime}")


def _refuse_taken_ports(config: Config) -> None:
    for setting, port in (("PORT", config.port), ("SCRM_REALTIME_PORT", config.realtime_port)):
        if not embedded.is_free(port):
            raise click.ClickException(
                f"Another program listens on port {port}. Stop it, or choose another: {setting}=NUMBER"
            )


def _prepare_database(config: Config) -> None:
    from scrm.migrations import MigrationBlocked, migrate

    try:
        with _step("Database at the newest migration"):
            migrate(config.database_url)
    except MigrationBlocked as blocked:
        raise click.ClickException(str(blocked)) from None
    if config.demo:
        _seed_once(config)


def _seed_once(config: Config) -> None:
    from center_core.kit import Database, Refused, utcnow
    from scrm import demo

    database = Database(config.database_url)
    try:
        with database.transaction() as db:
            seeded = demo.is_seeded(db)
        if not seeded:
            with _step("Demo brand"):
                demo.seed(database, members=5_000, say=lambda line: click.echo(f"  {line}"), now=utcnow())
    except Refused as refused:
        where = f"It is in {config.var / 'postgres'}, unless DATABASE_URL names another."
        raise click.ClickException(f"{refused.text} {where}") from None
    finally:
        database.close()


def _print_addresses(config: Config) -> None:
    click.echo(f"\n  Club      {config.public_url}/\n  Guides    {config.public_url}/guide/")
    click.echo(f"  Console   {config.public_url}/console/\n  API       {config.public_url}/v1/docs\n")
    if config.demo:
        from scrm import demo

        for role, path, login, password in demo.logins():
            click.echo(f"  {role:<12} {config.public_url}{path}  {login} / {password}")
        click.echo(f"  One-time codes arrive at {config.public_url}/demo/inbox\n")
    if not config.sends_sms:
        click.echo(
            "  NOBODY CAN JOIN: one-time codes reach no phone. Set SCRM_SMS_PROVIDER=http; see docs/operations.md.\n"
        )
    click.echo(f"  Log: {config.var / 'log' / 'scrm.log'}    Stop: Ctrl-C")


@contextmanager
def _step(what: str) -> Iterator[None]:
    click.echo(f"- {what} ...")
    began = time.monotonic()
    yield
    click.echo(f"  ready after {time.monotonic() - began:.1f} s")


def _await(ready: Callable[[], bool], supervision: Supervision) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        keeps_dying = supervision.deaths() > DEATHS_BEFORE_GIVING_UP
        if keeps_dying or not supervision.is_running() or time.monotonic() > deadline:
            log = supervision.var / "log" / "scrm.log"
            raise click.ClickException(f"It did not start. The end of {log}:\n{embedded.last_lines(log)}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address on this machine
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _empty_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _as_interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
