"""What a guide can put into a conversation besides words: a coupon, or the way to a game."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, ValidationError

import campaigns
from center_core import marketing
from center_core.kit import N_, Forbidden, Refused, uuid7
from center_core.marketing import CouponTemplate
from scrm.engagement import conversation
from scrm.engagement.conversation import (
    COUPON,
    GAME,
    NOBODY,
    SYSTEM,
    Conversation,
    Draft,
    Posted,
    Sender,
    notice,
)
from scrm.engine import engine
from scrm.fronts import identity
from scrm.fronts.identity import same_origin
from scrm.fronts.web import db, now

from .channel_code import make_own_code
from .front import blueprint, for_guides, me, note_deed, own_conversation, shop

COUPONS_SHOWN = 30
COUPONS_LOOKED_AT = 100


class CouponChosen(BaseModel):
    """Which coupon, and the phone's id for the message."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    template_id: UUID


class GameChosen(BaseModel):
    """Which campaign, and the phone's id for the message."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    slug: str


@dataclass(frozen=True)
class Sendable:
    """A coupon template with what is left of it; ``None`` is without end."""

    template: CouponTemplate
    left: int | None


def coupons_to_send() -> Sequence[Sendable]:
    """What the guide may hand out now: what a campaign promises only where it is limited wherever it comes from."""
    if not identity.access().may("coupon.send", store_id=shop().id):
        return ()
    promised = campaigns.promised(db())
    found = [
        template
        for template in marketing.templates(db(), states=["active"], limit=COUPONS_LOOKED_AT).rows
        if template.valid_until > now() and not _is_prize_only(template, promised)
    ][:COUPONS_SHOWN]
    left = marketing.stock_left(db(), [template.id for template in found])
    return [
        Sendable(template, left.get(template.id) if template.stock_total is not None else None)
        for template in found
    ]


def games_to_send() -> Sequence[Any]:
    """The campaigns that can be played now."""
    return engine().running(now())


@blueprint.post("/conversations/<uuid:member_id>/coupons")
@same_origin
@for_guides("coupon.send")
def send_coupon(member_id: UUID) -> Response:
    """Issue the coupon and say so in the conversation, in one transaction: never one without the other."""
    row, chosen = own_conversation(member_id), _read(CouponChosen)
    identity.access().require("coupon.send", store_id=row.store_id)
    issued = marketing.issue(
        db(),
        member_id=member_id,
        template_id=chosen.template_id,
        source=("message", chosen.client_id),
        now=now(),
    )
    template = marketing.template(db(), issued.template_id)
    body = {
        "coupon_id": str(issued.id),
        "template_id": str(template.id),
        "name": template.name,
        "until": issued.valid_until.isoformat(),
    }
    posted = _post(row, chosen.client_id, COUPON, body)
    # Asked last: what was sent before is answered as it was then. A refusal takes the coupon and its message with it.
    if not posted.replayed:
        if _is_prize_only(template, campaigns.promised(db())):
            raise Refused("coupon_prize_only", N_("This coupon is a campaign's prize: it can only be won."))
        note_deed("coupon.send", member_id, code=issued.code)
    return jsonify(posted.as_told())


@blueprint.post("/members/<uuid:member_id>/coupons/<uuid:coupon_id>/void")
@for_guides("coupon.send")
def take_coupon_back(member_id: UUID, coupon_id: UUID) -> ResponseReturnValue:
    """Sent by mistake: the guide's own coupon, while it is unused, and the conversation says so."""
    row = own_conversation(member_id)
    if coupon_id not in conversation.coupons_sent(db(), member_id=member_id, staff_id=me().id):
        raise Forbidden("coupon_of_others", N_("You can only take back what you sent yourself."))
    held = marketing.coupon(db(), member_id=member_id, coupon_id=coupon_id, now=now())
    marketing.void(db(), member_id=member_id, coupon_id=coupon_id, now=now())
    note_deed("coupon.void", member_id, code=held.coupon.code)
    name = held.template.name
    said = {
        "en": f"The coupon “{name['en']}” was sent by mistake and taken back.",
        "zh": f"“{name['zh']}”为误发，已收回。",
    }
    draft = Draft(member_id, row.id, uuid7(), NOBODY, SYSTEM, notice(said))
    conversation.post(db(), draft, now=now())
    return redirect(url_for("guide.member_card", member_id=member_id))


@blueprint.post("/conversations/<uuid:member_id>/games")
@same_origin
@for_guides("conversation.reply")
def send_game(member_id: UUID) -> Response:
    """Show the way to a campaign; the link carries the guide's own code, so that what follows is theirs."""
    row, chosen = own_conversation(member_id), _read(GameChosen)
    live = engine().live(chosen.slug)
    live.check_open(now())
    code = make_own_code(db(), me())
    body = {
        "slug": live.slug,
        "title": live.definition.title.model_dump(),
        "path": url_for("club.campaign", slug=live.slug, k=code.code if code else None),
    }
    return jsonify(_post(row, chosen.client_id, GAME, body).as_told())


def _is_prize_only(template: CouponTemplate, promised: Collection[UUID]) -> bool:
    """Whether nothing but a campaign's prize pool keeps the coupon scarce."""
    return template.id in promised and not template.is_limited


def _post(row: Conversation, client_id: UUID, kind: str, body: dict[str, Any]) -> Posted:
    draft = Draft(
        member_id=row.member_id,
        conversation_id=row.id,
        client_id=client_id,
        sender=Sender("staff", me().id),
        kind=kind,
        body=body,
    )
    return conversation.post(db(), draft, now=now())


def _read(model: type[Any]) -> Any:
    try:
        return model.model_validate(request.get_json(silent=True))
    except ValidationError:
        raise Refused("bad_input", N_("This message could not be read.")) from None
