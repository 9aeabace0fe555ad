"""The Socket.IO events: joining a conversation, posting, catching up, reading, typing."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any
from uuid import UUID

import gevent
from pydantic import ValidationError
from socketio import Server
from socketio.exceptions import ConnectionRefusedError
from sqlalchemy.exc import SQLAlchemyError

from center_core import member, user
from center_core.kit import N_, Database, Fault, Forbidden, NotFound, Session
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Conversation, Draft, Sender, written
from scrm.fronts.identity import SocketIdentity, Tokens, password_mark, read_socket_token
from scrm.live import HAND_OVER, SHOW_OUT, floor_room, member_room, staff_room

from .connection import Connection, Joined
from .line import LET_IN
from .posting import Posting
from .presence import Presence
from .protocol import Join, Post, Read, Since, Typing, error, nonsense, refusal
from .rooms import NAMESPACE, Rooms

log = logging.getLogger(__name__)

MOST_JOINED = 300
Answer = dict[str, Any]


class Talk:
    """All connections of this process, and what is answered to them.

    The events are taken from the Socket.IO server itself: by way of Flask each would get a request context, which
    nothing here needs and which costs as much as the rest of an answer.
    """

    def __init__(
        self, server: Server, *, database: Database, rooms: Rooms, tokens: Tokens, posting: Posting
    ) -> None:
        self._server = server
        self._database = database
        self._rooms = rooms
        self._tokens = tokens
        self._posting = posting
        self._presence = Presence(rooms.wire)
        self.connections: dict[str, Connection] = {}
        self._coming: set[str] = set()
        """Sockets of which it is being asked who they are; not those that were shown out meanwhile."""
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        self.on("join", Join, self._join)
        self.on("post", Post, self._post)
        self.on("since", Since, self._since)
        self.on("read", Read, self._read)
        self.on("typing", Typing, self._typing)
        server.on("*", self._unknown)
        rooms.orders |= {SHOW_OUT: self._show_all_out, HAND_OVER: self._hand_over}

    def on(self, event: str, model: type[Any], answer: Callable[[Connection, Any], Answer]) -> None:
        """Let ``answer`` answer ``event`` for every connection, where what is said fits ``model``."""
        self._server.on(event, self._checked(model, answer))

    def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        identity = read_socket_token(self._tokens, token) if isinstance(token, str) else None
        if identity is None:
            raise ConnectionRefusedError("signed_out")
        connection = Connection(sid, identity)
        # In their room before it is asked who they are, so that whoever is shown out from now on is told of here.
        self._rooms.enter_room(sid, NAMESPACE, connection.room)
        self._coming.add(sid)
        try:
            rooms = self._rooms_of(identity)
        finally:
            may_stay = sid in self._coming
            self._coming.discard(sid)
        if not rooms or not may_stay:
            raise ConnectionRefusedError("signed_out")
        environ[LET_IN]()
        self.connections[sid] = connection
        for room in rooms:
            self._rooms.enter_room(sid, NAMESPACE, room)
        self._presence.came(connection.room)

    def _rooms_of(self, identity: SocketIdentity) -> list[str]:
        """Where this person listens: their own room, and the floor of the store that they run; nowhere once
        they have left, have a new password or may answer nobody any more, or their membership rests. A role that
        is given counts from the next connection; one that is taken ends this one.
        """
        if identity.kind == "member":
            with self._database.looking() as db:
                return [member_room(identity.id)] if member.is_active(db, identity.id) else []
        with self._database.transaction() as db:
            try:
                staff = user.staff(db, identity.id)
            except NotFound:
                return []
            access = user.access(db, staff.id)
            if not _may_listen(staff, access, identity):
                return []
            rooms = [staff_room(staff.id)]
            if staff.store_id and access.may("staff.view", store_id=staff.store_id):
                rooms.append(floor_room(staff.store_id))
            return rooms

    def _disconnect(self, sid: str, _reason: str) -> None:
        connection = self.connections.pop(sid, None)
        if connection is not None and self._presence.left(connection.room):
            for conversation_id, joined in connection.joined.items():
                self._tell_opposite(connection, conversation_id, joined, "presence", here=False)

    def _checked(
        self, model: type[Any], answer: Callable[[Connection, Any], Answer]
    ) -> Callable[..., Answer]:
        """An event's handler: slows down floods, refuses what does not fit ``model``, says services'
        refusals.
        """

        def respond(sid: str, *said: Any) -> Answer:
            connection = self.connections.get(sid)
            if connection is None:
                return error("signed_out")
            if not connection.allowance.take(monotonic()):
                if connection.allowance.is_flooded:
                    self._show_out(sid)
                return error("too_fast", retry_after=1)
            try:
                event = model.model_validate(said[0] if len(said) == 1 else said)
            except ValidationError as invalid:
                return self._nonsense(connection, nonsense(invalid))
            try:
                return answer(connection, event)
            except Fault as fault:
                return refusal(fault)
            except SQLAlchemyError:
                log.exception("an event could not be answered")
                return error("unavailable")

        return respond

    def _unknown(self, _event: str, sid: str, *_said: Any) -> Answer:
        connection = self.connections.get(sid)
        if connection is None:
            return error("signed_out")
        return self._nonsense(connection, error("nonsense", fields={"event": "unknown"}))

    def _nonsense(self, connection: Connection, answer: Answer) -> Answer:
        if connection.speaks_nonsense():
            self._show_out(connection.sid)
        return answer

    def _show_out(self, sid: str) -> None:
        """Disconnect once the answer that is being given has left."""
        gevent.spawn_later(0.1, self._server.disconnect, sid)

    def _show_all_out(self, sids: list[str], _details: Any) -> None:
        """These people have left, or their membership rests or has ended."""
        for sid in sids:
            self._coming.discard(sid)
            gevent.spawn(self._server.disconnect, sid)

    def _hand_over(self, sids: list[str], details: Any) -> None:
        """The hints of these phones, of both sides, follow a conversation to its new guide."""
        conversation_id, staff_id = UUID(details["conversation"]), UUID(details["staff"])
        for sid in sids:
            connection = self.connections.get(sid)
            if connection is not None and conversation_id in connection.joined:
                before = connection.joined[conversation_id]
                connection.joined[conversation_id] = Joined(before.member_id, staff_id)

    def _join(self, connection: Connection, event: Join) -> Answer:
        with self._database.transaction() as db:
            row = self._allowed(db, connection, event.conversation, event.member)
        joined = Joined(row.member_id, row.staff_id)
        connection.joined.pop(row.id, None)
        connection.joined[row.id] = joined
        if len(connection.joined) > MOST_JOINED:
            del connection.joined[next(iter(connection.joined))]
        self._tell_opposite(connection, row.id, joined, "presence", here=True)
        return {
            "last_seq": row.last_seq,
            "member_read_seq": row.member_read_seq,
            "staff_read_seq": row.staff_read_seq,
            "here": self._presence.is_here(joined.room_opposite(connection.side)),
        }

    def _post(self, connection: Connection, event: Post) -> Answer:
        joined = _joined(connection, event.conversation)
        posted = self._posting.post(
            Draft(
                member_id=joined.member_id,
                conversation_id=event.conversation,
                client_id=event.client_id,
                sender=Sender(connection.side, connection.identity.id),
                kind=TEXT,
                body=written(event.text),
            )
        )
        # A replay is told again too: the first time may have been cut off between commit and telling. Phones
        # know a message by its number and show it once.
        self._rooms.emit(
            "message",
            posted.as_told(),
            to=[member_room(joined.member_id), staff_room(posted.staff_id)],
            skip_sid=connection.sid,
        )
        return {"seq": posted.seq, "at": posted.sent_at.isoformat(timespec="milliseconds")}

    def _since(self, connection: Connection, event: Since) -> Answer:
        joined = _joined(connection, event.conversation)
        with self._database.transaction() as db:
            # Read again: the conversation may have been handed over since this phone joined it.
            row = self._allowed(db, connection, event.conversation, joined.member_id)
            messages = conversation.since(
                db, member_id=row.member_id, conversation_id=row.id, after_seq=event.seq
            )
        return {
            "messages": [message.as_told() for message in messages],
            "last_seq": row.last_seq,
            "member_read_seq": row.member_read_seq,
            "staff_read_seq": row.staff_read_seq,
        }

    def _read(self, connection: Connection, event: Read) -> Answer:
        joined = _joined(connection, event.conversation)
        with self._database.transaction() as db:
            moved = conversation.mark_read(
                db,
                member_id=joined.member_id,
                conversation_id=event.conversation,
                reader=Sender(connection.side, connection.identity.id),
                seq=event.seq,
            )
        if moved:
            self._tell_opposite(connection, event.conversation, joined, "read", seq=event.seq)
        return {}

    def _typing(self, connection: Connection, event: Typing) -> Answer:
        joined = _joined(connection, event.conversation)
        self._tell_opposite(connection, event.conversation, joined, "typing")
        return {}

    def _tell_opposite(
        self, connection: Connection, conversation_id: UUID, joined: Joined, hint: str, **details: Any
    ) -> None:
        self._rooms.emit(
            hint,
            {"conversation": str(conversation_id), "side": connection.side, **details},
            to=joined.room_opposite(connection.side),
        )

    @staticmethod
    def _allowed(
        db: Session, connection: Connection, conversation_id: UUID, member_id: UUID | None
    ) -> Conversation:
        """The conversation, if it is the member's own or the guide's to answer."""
        identity = connection.identity
        owner = identity.id if identity.kind == "member" else member_id
        if owner is None:
            raise NotFound("conversation_unknown", N_("There is no such conversation."))
        row = conversation.conversation(db, member_id=owner, conversation_id=conversation_id)
        if identity.kind == "staff" and row.staff_id != identity.id:
            raise Forbidden("conversation_handed_over", N_("This member has another guide now."))
        return row


def _may_listen(staff: user.Staff, access: user.Access, identity: SocketIdentity) -> bool:
    """Whether they still work here, with the password of then, and answer members."""
    same_password = password_mark(staff.password_hash) == identity.mark
    return staff.active and same_password and access.may_somewhere("conversation.reply")


def _joined(connection: Connection, conversation_id: UUID) -> Joined:
    joined = connection.joined.get(conversation_id)
    if joined is None:
        raise Forbidden("conversation_not_joined", N_("Open the conversation first."))
    if connection.side == "staff" and joined.staff_id != connection.identity.id:
        raise Forbidden("conversation_handed_over", N_("This member has another guide now."))
    return joined
