"""The realtime process: Flask-SocketIO on gevent; several of them share one port.

Importing this module patches the standard library for gevent, so it must come before psycopg, which chooses
how it waits when it is imported: an unpatched one would stop all connections for each query.
"""

import sys

if "psycopg" in sys.modules:
    raise ImportError("scrm.fronts.realtime.server must be imported before psycopg")

from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import signal  # noqa: E402
from contextlib import suppress  # noqa: E402
from urllib.parse import urlsplit  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from gevent import socket  # noqa: E402
from gevent.pywsgi import WSGIHandler, WSGIServer  # noqa: E402

from center_core.kit import Database  # noqa: E402
from scrm.config import Config  # noqa: E402
from scrm.fronts.identity import Tokens  # noqa: E402
from scrm.metrics import SENT_AWAY  # noqa: E402

from .duelling import Duelling  # noqa: E402
from .line import IS_OPEN, SOCKET, Driver  # noqa: E402
from .posting import Posting  # noqa: E402
from .protocol import MAX_FRAME, Json  # noqa: E402
from .rooms import Rooms  # noqa: E402
from .talk import Talk  # noqa: E402

log = logging.getLogger(__name__)

PARTING_SECONDS = 5
# From the first byte that is waited for to the answer, where the request does not become a WebSocket.
SECONDS_FOR_A_REQUEST = 10.0
# Descriptors that are not a phone's: the database, Redis, the log, what was opened to begin with.
OUR_DESCRIPTORS = 128
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Handler(WSGIHandler):  # type: ignore[misc]  # gevent has no types
    """Hands its socket to the WebSocket, and closes it when that has ended; the stock one takes the rest of it
    for another request, and waits for one as long as it may take.
    """

    def handle_one_request(self) -> object:
        """Answer one request, or hang up."""
        self._patience = gevent.Timeout.start_new(SECONDS_FOR_A_REQUEST)
        try:
            return super().handle_one_request()
        except gevent.Timeout as timeout:
            if timeout is not self._patience:
                raise
            return None
        finally:
            self._patience.close()

    def get_environ(self) -> dict[str, object]:
        """The request as WSGI has it."""
        return {**super().get_environ(), SOCKET: self.socket, IS_OPEN: self._patience.close}

    def run_application(self) -> None:
        """Answer one request."""
        super().run_application()
        if "HTTP_UPGRADE" in self.environ:
            self.close_connection = True


class Server(WSGIServer):  # type: ignore[misc]  # gevent has no types
    """Holds no more connections than it has descriptors for: who comes beyond that is refused at once, and comes
    again, where the stock one would stop accepting and leave everybody waiting.
    """

    held = 0

    def __init__(self, *arguments: object, **settings: object) -> None:
        super().__init__(*arguments, **settings)
        self.most = most_connections()

    def handle(self, connection: socket.socket, address: object) -> None:
        """Serve one connection until it ends."""
        if self.held >= self.most:
            SENT_AWAY.labels("connection").inc()
            with suppress(OSError):
                connection.sendall(FULL)
            return
        self.held += 1
        try:
            super().handle(connection, address)
        finally:
            self.held -= 1


def create_server(config: Config, database: Database) -> tuple[Flask, Talk, Posting, Rooms]:
    """The WSGI application with its Socket.IO side, not yet listening."""
    app = Flask(__name__, static_folder=None)
    rooms = Rooms(config.redis_url)
    # What a phone sends wrongly is answered to the phone; a stranger's noise must not fill our log.
    quiet = logging.getLogger("scrm.realtime.engineio")
    quiet.setLevel(logging.CRITICAL)
    socketio = SocketIO(
        app,
        async_mode="gevent",
        client_manager=rooms,
        # Each connection's events are answered in their order, in the greenlet that reads them: half the
        # cost.
        async_handlers=False,
        manage_session=False,
        transports=["websocket"],
        allow_upgrades=False,
        cors_allowed_origins=origins(config),
        max_http_buffer_size=MAX_FRAME,
        json=Json,
        logger=quiet,
        engineio_logger=quiet,
    )
    engine = socketio.server.eio
    engine._async = {**engine._async, "websocket": Driver}
    posting = Posting(database)
    talk = Talk(
        socketio.server, database=database, rooms=rooms, tokens=Tokens(config.secret_key), posting=posting
    )

    Duelling(talk, database=database, rooms=rooms)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        return {"process": os.getpid(), "connections": len(talk.connections), "redis": rooms.wire.up}

    return app, talk, posting, rooms


def origins(config: Config) -> list[str]:
    """Whose pages may connect: ours; on a developer's machine under either name of loopback."""
    page = urlsplit(config.public_url)
    names = {page.netloc}
    if page.hostname in ("localhost", "127.0.0.1"):
        port = f":{page.port}" if page.port else ""
        names |= {f"localhost{port}", f"127.0.0.1{port}"}
    return [f"{page.scheme}://{name}" for name in sorted(names)]


def most_connections() -> int:
    """How many phones this process may hold."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit - OUR_DESCRIPTORS


def listen(host: str, port: int) -> socket.socket:
    """A socket that shares its port with the other realtime processes; the kernel deals connections out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((host, port))
    listener.listen(1024)
    return listener


def main(config: Config, index: int = 0) -> None:
    """Serve until SIGTERM or SIGINT; then commit what was accepted and close. Phones reconnect to another
    process.
    """
    database = Database(
        config.database_url, pool_size=config.database_pool, application_name=f"realtime{index}"
    )
    app, _talk, posting, rooms = create_server(config, database)
    rooms.wire.start()
    server = Server(
        listen(config.host, config.realtime_port), app, handler_class=Handler, log=None, error_log=log
    )

    def stop() -> None:
        server.close()
        posting.drain(PARTING_SECONDS)
        server.stop(timeout=0)

    gevent.signal_handler(signal.SIGTERM, gevent.spawn, stop)
    gevent.signal_handler(signal.SIGINT, gevent.spawn, stop)
    gc.freeze()
    log.info("realtime %s listens on %s:%s", index, config.host, config.realtime_port)
    server.serve_forever()
    database.close()
