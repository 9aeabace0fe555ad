"""How root runs PostgreSQL, which refuses to be root: in a user namespace where root is called 1000.

Files stay root's own on disk, and nothing outside the namespace changes: no account is made and no mode of
a parent folder is touched.
"""

import os
import subprocess
from functools import cache

from scrm.embedded.errors import NotPermitted

UNSHARE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")


@cache
def prefix() -> tuple[str, ...]:
    """What to put before a PostgreSQL command: nothing for an ordinary user."""
    if os.geteuid() != 0:
        return ()
    try:
        trial = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NotPermitted("the command is not installed; it is in util-linux") from None
    if trial.returncode != 0:
        raise NotPermitted(trial.stderr.strip().removeprefix("unshare: "))
    return UNSHARE
