"""Bare Flask-SocketIO with its stock Redis queue: what the product's realtime processes are compared with.

It stores nothing: a message is told to its room and acknowledged.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402
from gevent import socket  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(
    app,
    async_mode="gevent",
    message_queue=os.environ["REDIS_URL"],
    transports=["websocket"],
    cors_allowed_origins="*",
)


@socketio.on("join")
def join(said: dict[str, Any]) -> dict[str, Any]:
    join_room(said["conversation"])
    return {}


@socketio.on("post")
def post(said: dict[str, Any]) -> dict[str, Any]:
    told = {"seq": 1, "conversation": said["conversation"], "body": {"text": said["text"]}}
    emit("message", told, to=said["conversation"], include_self=False)
    return {"seq": 1}


if __name__ == "__main__":
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", int(os.environ["SCRM_REALTIME_PORT"])))
    listener.listen(1024)
    WSGIServer(listener, app, log=None).serve_forever()
