"""A realtime process, for the nursery."""

from scrm.fronts.realtime import server  # isort: skip - it must come before psycopg.

import os

from scrm.config import Config
from scrm.fronts.realtime import line


def main(index: str) -> None:
    """Serve as ``scrm realtime`` does, for some tests with less patience or for fewer."""
    server.SECONDS_FOR_A_REQUEST = float(os.environ.get("TEST_PATIENCE", server.SECONDS_FOR_A_REQUEST))
    line.SECONDS_TO_BE_LET_IN = float(os.environ.get("TEST_PATIENCE", line.SECONDS_TO_BE_LET_IN))
    server.Server.most = int(os.environ.get("TEST_MOST", server.Server.most))
    server.main(Config.from_env(), int(index))
