"""The guide's conversations: the list, one of them, and the way over HTTP when there is no socket."""

from uuid import UUID

from flask import Response, jsonify, render_template, request, url_for

from center_core import member
from scrm.engagement import conversation
from scrm.engagement.conversation import Sender
from scrm.fronts import messages
from scrm.fronts.identity import same_origin
from scrm.fronts.web import db, now

from .enclosures import coupons_to_send, games_to_send
from .front import blueprint, for_guides, me, own_conversation, waiting

SHOWN = 30


@blueprint.get("/conversations")
@for_guides("conversation.reply")
def conversations() -> str:
    page = conversation.of_staff(
        db(),
        staff_id=me().id,
        after=request.args.get("after"),
        waiting=request.args.get("show") == "waiting",
        limit=SHOWN,
    )
    return render_template(
        "guide/_conversations.html" if "HX-Request" in request.headers else "guide/conversations.html",
        page=page,
        names=member.names_of(db(), [row.member_id for row in page.rows]),
        show=request.args.get("show", "all"),
        now=now(),
    )


@blueprint.get("/conversations/waiting")
@for_guides("conversation.reply")
def conversations_waiting() -> Response:
    """The number at the tab, for a page that stands open."""
    return jsonify(waiting=waiting())


@blueprint.get("/conversations/<uuid:member_id>")
@for_guides("conversation.reply")
def conversation_with(member_id: UUID) -> str:
    row = own_conversation(member_id)
    who = member.member(db(), member_id)
    return render_template(
        "guide/conversation.html",
        person=who,
        tier=member.tier(db(), who.tier) if who.tier else None,
        conversation=row,
        messages=messages.newest(row),
        settings=messages.settings(
            row,
            side="staff",
            own_id=me().id,
            address=url_for("guide.conversation_with", member_id=member_id),
            token_address=url_for("guide.token"),
        ),
        scripts=conversation.talk_scripts(db()),
        say=request.args.get("say"),
        coupons=coupons_to_send(),
        games=games_to_send(),
    )


@blueprint.get("/conversations/<uuid:member_id>/messages")
@for_guides("conversation.reply")
def conversation_messages(member_id: UUID) -> Response:
    return messages.listed(own_conversation(member_id))


@blueprint.post("/conversations/<uuid:member_id>/messages")
@same_origin
@for_guides("conversation.reply")
def reply(member_id: UUID) -> Response:
    return messages.post_text(own_conversation(member_id), Sender("staff", me().id))


@blueprint.post("/conversations/<uuid:member_id>/read")
@same_origin
@for_guides("conversation.reply")
def read_conversation(member_id: UUID) -> Response:
    return messages.mark(own_conversation(member_id), Sender("staff", me().id))
