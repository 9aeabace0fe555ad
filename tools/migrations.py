"""Do the migrations make the tables that the models describe? Exits with 1 and names the differences."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from scrm import embedded
from scrm.migrations import migrate
from scrm.models import metadata


def differences(database_url: str) -> list[Any]:
    """What Alembic would still have to do after all migrations."""
    migrate(database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    engine.dispose()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        try:
            found = differences(embedded.start(var, durable=False).database_url)
        finally:
            embedded.stop(var)
    for difference in found:
        print(difference)
    if not found:
        print("The migrations make what the models describe.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
