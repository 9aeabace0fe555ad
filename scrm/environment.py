"""What a process needs of its environment, filled in from `var/` where nobody set it."""

import os
from pathlib import Path

from scrm import embedded

EMBEDDED = ("DATABASE_URL", "REDIS_URL")


def var_folder() -> Path:
    return Path(os.environ.get("SCRM_VAR", "var")).resolve()


def uses_embedded_servers() -> bool:
    """True unless the environment names both servers. Refuses one without the other."""
    named = [variable for variable in EMBEDDED if os.environ.get(variable)]
    if len(named) == 1:
        missing = next(variable for variable in EMBEDDED if variable not in named)
        raise LookupError(
            f"{named[0]} is set but {missing} is not: set both, or neither for the embedded servers."
        )
    return not named


def complete_environment() -> None:
    """Set what is missing, so that `Config.from_env()` finds it, here and in the processes started here.

    The secret key is generated once and kept in `var/secrets`. The addresses of embedded servers are set
    whether these run or not.
    """
    var = var_folder()
    os.environ.setdefault("SCRM_VAR", str(var))
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = embedded.secret(var, "secret_key")
    if uses_embedded_servers():
        addresses = embedded.addresses(var)
        os.environ["DATABASE_URL"] = addresses.database_url
        os.environ["REDIS_URL"] = addresses.redis_url
