"""A realtime process, for the nursery."""

from scrm.fronts.realtime import server  # isort: skip - it must come before psycopg.

import os
import resource

from scrm.config import Config
from scrm.fronts.realtime import line


def main(index: str) -> None:
    """Serve as ``scrm realtime`` does, for some tests with less patience or for fewer."""
    server.SECONDS_FOR_A_REQUEST = float(os.environ.get("TEST_PATIENCE", server.SECONDS_FOR_A_REQUEST))
    line.SECONDS_TO_BE_LET_IN = float(os.environ.get("TEST_PATIENCE", line.SECONDS_TO_BE_LET_IN))
    if most := os.environ.get("TEST_MOST"):
        resource.setrlimit(
            resource.RLIMIT_NOFILE,
            (server.OUR_DESCRIPTORS + int(most), resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
        )
    server.main(Config.from_env(), int(index))
