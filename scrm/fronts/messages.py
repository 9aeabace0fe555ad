"""Conversations over HTTP, for both sides: the first view, and the way round when no socket can be reached.

The phones' script sends and asks the same things here as over Socket.IO (``scrm.fronts.realtime``), so a message
is stored once whichever way it came.
"""

from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify, request
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from center_core.kit import N_, Refused
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Conversation, Draft, Message, Sender, written
from scrm.fronts.identity import socket_token
from scrm.fronts.web import db, now

FIRST_VIEW = 40
EARLIER = 40


class TextSaid(BaseModel):
    """A message as a phone posts it."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    text: str = Field(max_length=16_000)


class ReadTo(BaseModel):
    """How far somebody has read."""

    model_config = ConfigDict(extra="forbid")

    seq: int = Field(ge=0, le=2**31 - 1)


def newest(row: Conversation) -> list[Message]:
    """What the page shows before any script runs."""
    return list(conversation.before(db(), member_id=row.member_id, conversation_id=row.id, limit=FIRST_VIEW))


def listed(row: Conversation) -> Response:
    """``?after=`` a number: what follows it; ``?before=`` a number: what came earlier."""
    if "before" in request.args:
        messages = conversation.before(
            db(),
            member_id=row.member_id,
            conversation_id=row.id,
            seq=request.args.get("before", type=int),
            limit=EARLIER,
        )
    else:
        messages = conversation.since(
            db(),
            member_id=row.member_id,
            conversation_id=row.id,
            after_seq=request.args.get("after", 0, type=int),
        )
    return jsonify(
        messages=[message.as_told() for message in messages],
        last_seq=row.last_seq,
        member_read_seq=row.member_read_seq,
        staff_read_seq=row.staff_read_seq,
    )


def post_text(row: Conversation, sender: Sender) -> Response:
    """Store a text; the answer is the message as all phones get it."""
    said = _read(TextSaid)
    draft = Draft(
        member_id=row.member_id,
        conversation_id=row.id,
        client_id=said.client_id,
        sender=sender,
        kind=TEXT,
        body=written(said.text),
    )
    return jsonify(conversation.post(db(), draft, now=now()).as_told())


def mark(row: Conversation, reader: Sender) -> Response:
    """Remember how far ``reader`` has read."""
    conversation.mark_read(
        db(), member_id=row.member_id, conversation_id=row.id, reader=reader, seq=_read(ReadTo).seq
    )
    return jsonify({})


def token(side: str, id: UUID) -> Response:
    """A fresh token for a page that stood open longer than the last one lasts."""
    return jsonify(token=socket_token(side, id))


def settings(
    row: Conversation, *, side: str, own_id: UUID, address: str, token_address: str
) -> dict[str, Any]:
    """What the script of a conversation's page needs to know, its words included."""
    return {
        "url": current_app.extensions["config"].realtime_url,
        "token": socket_token(side, own_id),
        "tokenAddress": token_address,
        "conversation": str(row.id),
        "member": str(row.member_id),
        "side": side,
        "own": str(own_id),
        "address": address,
        "lastSeq": row.last_seq,
        "readSeq": row.member_read_seq if side == "member" else row.staff_read_seq,
        "theirReadSeq": row.staff_read_seq if side == "member" else row.member_read_seq,
        "longest": conversation.MAX_TEXT,
        "words": {
            "sending": _("Sending…"),
            "kept": _("No connection. What you write is kept here and sent when you are back."),
            "typing": _("Writing…"),
            "here": _("Here now"),
            "read": _("Read"),
            "coupon": _("Coupon"),
            "game": _("Game"),
            "openCoupon": _("Show in wallet"),
            "openGame": _("Play now"),
            "refused": {
                "message_too_long": _("This message is too long. Please shorten it."),
                "message_empty": _("There is nothing in this message."),
                "conversation_handed_over": _("This member has another guide now."),
                "signed_out": _("Please sign in first."),
            },
            "failed": _("This could not be sent. Tap to try again."),
        },
    }


def _read(model: type[Any]) -> Any:
    try:
        return model.model_validate(request.get_json(silent=True))
    except ValidationError as invalid:
        fields = {".".join(map(str, one["loc"])): one["type"] for one in invalid.errors(include_input=False)}
        raise Refused("bad_input", N_("This message could not be read."), fields=fields) from None
