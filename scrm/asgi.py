"""The ASGI callable of one web process; `scrm.wsgi` is the same application for any WSGI server."""

from scrm.config import Config
from scrm.fronts.door import Door
from scrm.wsgi import app as flask

_config: Config = flask.extensions["config"]
app = Door(
    flask,
    threads=_config.web_threads,
    bound=_config.web_waiting,
    plays_per_second=_config.plays_per_second,
)
