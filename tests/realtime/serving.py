"""A realtime process, for the nursery."""

from scrm.fronts.realtime import server  # isort: skip - it must come before psycopg.

from scrm.config import Config


def main(index: str) -> None:
    """Serve as ``scrm realtime`` does."""
    server.main(Config.from_env(), int(index))
