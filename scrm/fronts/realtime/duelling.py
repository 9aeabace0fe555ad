"""The Socket.IO events of live duels: looking, being ready, sending inputs on to the other, giving up.

Everything is stored before it is told; ``duel`` only says that there is something new to look at. A phone that missed
any of it looks again when it is back.
"""

from typing import Any
from uuid import UUID

from campaigns import duel
from campaigns.duel import Batch
from center_core.kit import N_, Database, Forbidden, utcnow
from scrm.fronts.club.names import told
from scrm.live import member_room

from .connection import Connection
from .protocol import DuelInputs, DuelLeave, DuelLook, DuelReady, DuelSince
from .rooms import Rooms
from .talk import Answer, Talk


class Duelling:
    """Answers the events of duels on the connections that ``talk`` holds."""

    def __init__(self, talk: Talk, *, database: Database, rooms: Rooms) -> None:
        self._database = database
        self._rooms = rooms
        talk.on("duel_look", DuelLook, self._look)
        talk.on("duel_ready", DuelReady, self._ready)
        talk.on("duel_inputs", DuelInputs, self._inputs)
        talk.on("duel_since", DuelSince, self._since)
        talk.on("duel_leave", DuelLeave, self._leave)

    def _look(self, connection: Connection, event: DuelLook) -> Answer:
        member_id = _member(connection)
        with self._database.transaction() as db:
            seen = duel.look(db, duel_id=event.duel, member_id=member_id, now=utcnow())
            if seen.is_open:
                duel.still_here(db, event.duel, utcnow())
        return told(seen)

    def _ready(self, connection: Connection, event: DuelReady) -> Answer:
        member_id = _member(connection)
        with self._database.transaction() as db:
            opposite = duel.ready(db, duel_id=event.duel, member_id=member_id, now=utcnow())
            seen = duel.look(db, duel_id=event.duel, member_id=member_id, now=utcnow())
        if opposite is not None:
            # At once, since a countdown may have begun.
            self._rooms.emit("duel", {"duel": str(event.duel)}, to=member_room(opposite))
        return told(seen)

    def _inputs(self, connection: Connection, event: DuelInputs) -> Answer:
        member_id = _member(connection)
        batch = Batch(event.seq, event.tick, event.events)
        with self._database.transaction() as db:
            last, opposite = duel.relay(
                db, duel_id=event.duel, member_id=member_id, batch=batch, now=utcnow()
            )
        if last == event.seq:
            self._rooms.emit("duel_inputs", _batch(event.duel, batch), to=member_room(opposite))
        return {"seq": last}

    def _since(self, connection: Connection, event: DuelSince) -> Answer:
        with self._database.transaction() as db:
            missed = duel.batches(
                db, duel_id=event.duel, member_id=_member(connection), after=event.seq, own=event.own
            )
        return {"batches": [_batch(event.duel, batch) for batch in missed]}

    def _leave(self, connection: Connection, event: DuelLeave) -> Answer:
        member_id = _member(connection)
        with self._database.transaction() as db:
            duel.leave(db, duel_id=event.duel, member_id=member_id, now=utcnow())
            return told(duel.look(db, duel_id=event.duel, member_id=member_id, now=utcnow()))


def _batch(duel_id: UUID, batch: Batch) -> dict[str, Any]:
    return {"duel": str(duel_id), "seq": batch.seq, "tick": batch.tick, "events": batch.events}


def _member(connection: Connection) -> UUID:
    if connection.side != "member":
        raise Forbidden("duel_of_others", N_("This duel is between two others. Start one of your own."))
    return connection.identity.id
