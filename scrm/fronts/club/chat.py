"""The member's side of the conversation with their guide."""

from flask import Response, render_template, url_for

from center_core import channel, member, user
from scrm.engagement import conversation
from scrm.engagement.conversation import Conversation, Sender
from scrm.fronts import messages
from scrm.fronts.identity import member_required, same_origin
from scrm.fronts.limits import caller_member, limiter
from scrm.fronts.web import db, now

from .front import blueprint, my_id, myself


@blueprint.get("/chat")
@member_required
def chat() -> str:
    """The conversation; a member without a guide is told how to get one."""
    who = myself()
    row = conversation.of_member(db(), who.member_id)
    if row is None and member.guide_of(db(), who.member_id) is None:
        return render_template("club/chat_nobody.html")
    row = row or conversation.open_with_guide(db(), member_id=who.member_id, now=now())
    guide = user.staff(db(), row.staff_id)
    if not guide.active and member.guide_of(db(), who.member_id) is None:
        return render_template("club/chat_nobody.html", left=guide)
    return render_template(
        "club/chat.html",
        guide=guide,
        store=channel.store(db(), row.store_id),
        conversation=row,
        messages=messages.newest(row),
        settings=messages.settings(
            row,
            side="member",
            own_id=who.member_id,
            address=url_for("club.chat"),
            token_address=url_for("club.chat_token"),
        ),
    )


@blueprint.get("/chat/messages")
@member_required
def chat_messages() -> Response:
    return messages.listed(_mine())


@blueprint.post("/chat/messages")
@same_origin
@member_required
@limiter.limit("120/minute", key_func=caller_member)
def post_message() -> Response:
    return messages.post_text(_mine(), Sender("member", my_id()))


@blueprint.post("/chat/read")
@same_origin
@member_required
def read_messages() -> Response:
    return messages.mark(_mine(), Sender("member", my_id()))


@blueprint.get("/chat/token")
@member_required
def chat_token() -> Response:
    return messages.token("member", my_id())


def _mine() -> Conversation:
    return conversation.open_with_guide(db(), member_id=my_id(), now=now())
