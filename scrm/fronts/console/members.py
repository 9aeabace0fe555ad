"""Members as headquarters sees them: found by what people remember, and the 360° card."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

import campaigns
from center_core import channel, marketing, member, order, user
from scrm.fronts.identity import staff_required
from scrm.fronts.web import db, now

from .front import blueprint, note
from .saved_views import current_query, views_of
from .stores import reach
from .words import CONSENT_DOCUMENTS, COUPON_STATES, ORDER_STATES, POSTING_KINDS

SHOWN = 40
OF_EACH = 10


@blueprint.get("/members")
@staff_required("member.view")
def members() -> ResponseReturnValue:
    """All members, or those of the reader's stores; nothing is listed until somebody is looked for."""
    q = request.args.get("q", "").strip()
    allowed = reach().stores_for("member.view")
    page = None
    if q:
        page = member.search(db(), q=q, store_ids=allowed, after=request.args.get("after"), limit=SHOWN)
    return render_template(
        "console/members.html",
        page=page,
        q=q,
        tiers={tier.code: tier for tier in member.tiers(db())},
        views=views_of("members"),
        query=current_query(),
    )


@blueprint.get("/members/<uuid:member_id>")
@staff_required("member.view")
def member_card(member_id: UUID) -> ResponseReturnValue:
    """Everything known of one member. That somebody looked is noted, since it is personal."""
    person, binding = seen(member_id, "member.view")
    store_id = binding.store_id if binding else person.join_store_id
    note("member.look", f"member:{member_id}")
    return render_template(
        "console/member.html",
        person=person,
        tier=member.tier(db(), person.tier) if person.tier else None,
        balance=member.balance(db(), member_id),
        postings=member.postings(db(), member_id=member_id, limit=OF_EACH).rows,
        tags=member.tags(db(), member_id),
        consents=member.consents(db(), member_id),
        consent_documents=CONSENT_DOCUMENTS,
        guide=user.staff(db(), binding.staff_id) if binding else None,
        store=channel.store(db(), binding.store_id) if binding else None,
        binding=binding,
        guides=user.may_look_after(db(), store_id)
        if store_id and reach().may("member.bind", store_id=store_id)
        else (),
        may_here=lambda permission: reach().may(permission, store_id=store_id),
        held=marketing.wallet(db(), member_id=member_id, now=now())[:OF_EACH],
        past=marketing.past(db(), member_id=member_id, now=now(), limit=OF_EACH).rows,
        orders=order.orders_of(db(), member_id=member_id, limit=OF_EACH).rows,
        plays=campaigns.plays_of(db(), member_id=member_id, limit=OF_EACH),
        order_states=ORDER_STATES,
        coupon_states=COUPON_STATES,
        posting_kinds=POSTING_KINDS,
    )


def seen(member_id: UUID, permission: str) -> tuple[member.Member, member.Binding | None]:
    """The member and whose they are, if the reader holds ``permission`` where the member belongs."""
    person = member.member(db(), member_id)
    binding = member.guide_of(db(), member_id)
    reach().require(permission, store_id=binding.store_id if binding else person.join_store_id)
    return person, binding
