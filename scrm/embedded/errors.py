"""What can stop an embedded server from starting; each message says what to do about it."""


class EmbeddedError(Exception):
    """An embedded server cannot be run as asked."""


class PortTaken(EmbeddedError):
    """Another program listens on the port that this folder remembers."""

    def __init__(self, server: str, port: int, *, remembered_in: str, setting: str) -> None:
        super().__init__(
            f"{server} cannot start: another program listens on 127.0.0.1:{port}.\n"
            f"Stop that program, or choose another port with {setting}=PORT "
            f"(the port is remembered in {remembered_in})."
        )
        self.port = port


class ForeignVersion(EmbeddedError):
    """The data folder was written by another major version of PostgreSQL."""

    def __init__(self, folder: str, *, found: str, expected: str) -> None:
        super().__init__(
            f"{folder} holds data of PostgreSQL {found}, but this installation brings "
            f"PostgreSQL {expected}.\n"
            f"Export it with PostgreSQL {found} (pg_dump) and import it into a fresh folder, "
            "or set DATABASE_URL to a server of that version. Nothing was changed."
        )


class NotPermitted(EmbeddedError):
    """PostgreSQL refuses to run as root, and this container forbids the way around it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "PostgreSQL refuses to run as root, and this container does not allow a user namespace "
            f"(unshare: {why}).\n"
            "Run the command as an ordinary user, or allow user namespaces "
            "(docker run --security-opt seccomp=unconfined), or set DATABASE_URL and REDIS_URL "
            "to real servers."
        )


class StartFailed(EmbeddedError):
    """The server was started and did not become ready; carries the end of its log."""

    def __init__(self, server: str, *, log: str, last_lines: str) -> None:
        super().__init__(f"{server} did not start. The end of {log}:\n{last_lines}")
