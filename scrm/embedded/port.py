"""Which loopback port a server listens on: chosen when its folder is first used, remembered ever after."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from scrm.embedded.files import write_private

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Port:
    """A remembered port; `setting` is the environment variable that overrides it.

    Servers of tests prefer no port, so that they never sit on one that an installation is about to take.
    """

    file: Path
    setting: str
    preferred: int | None

    def number(self) -> int:
        """The overriding setting, else the remembered number, else a free one that is then remembered."""
        override = os.environ.get(self.setting)
        if override:
            if self.remembered() != int(override):
                write_private(self.file, override)
            return int(override)
        remembered = self.remembered()
        if remembered is None:
            wanted = self.preferred
            remembered = wanted if wanted is not None and is_free(wanted) else any_free()
            write_private(self.file, str(remembered))
        return remembered

    def remembered(self) -> int | None:
        return int(self.file.read_text()) if self.file.exists() else None

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do it themselves: a port in TIME_WAIT counts as free, one that is listened on does not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
