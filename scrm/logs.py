"""Logs are JSON, one object a line, whoever writes them: our code, libraries, or an uncaught error."""

import logging
import os
import sys

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

# Chatty when nothing is the matter.
QUIET = ("rq.worker", "rq.queue", "alembic", "geventwebsocket", "engineio", "socketio")


def configure_logs(process: str, level: str = "INFO") -> None:
    """`process` names this one in every line, since all of them share a file."""

    def sign(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        event["pid"] = os.getpid()
        return event

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        sign,
        # Without the values of variables, which may be people's data.
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _as_json(event: EventDict, **_options: object) -> str:
    return orjson.dumps(event, default=str).decode()
