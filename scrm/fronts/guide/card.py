"""The 360° card of a member: everything a guide should know before saying hello."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template

import campaigns
from center_core import channel, marketing, member, order, product, user
from scrm.engagement import conversation, note
from scrm.fronts import identity
from scrm.fronts.web import db, now

from .front import binding_of, blueprint, for_guides, is_mine, me, note_deed, person
from .words import ORDER_STATES

OF_EACH = 5
PIECES_DRAWN = 4


@dataclass(frozen=True)
class Bought:
    """An order with its goods, the dearest first: what a guide recognises a purchase by."""

    order: order.Order
    goods: list[product.Goods]
    pieces: int


@blueprint.get("/members/<uuid:member_id>")
@for_guides("member.view")
def member_card(member_id: UUID) -> str:
    """That somebody looked at another's member is noted, since it is personal."""
    found = person(member_id)
    mine = is_mine(member_id)
    if not mine:
        note_deed("member.look", member_id)
    binding = binding_of(member_id)
    store_id = binding.store_id if binding else found.join_store_id
    may_bind = store_id is not None and identity.access().may("member.bind", store_id=store_id)
    held = marketing.wallet(db(), member_id=member_id, now=now())[:OF_EACH]
    notes = note.notes_of(db(), member_id, limit=note.SHOWN)
    return render_template(
        "guide/member.html",
        person=found,
        mine=mine,
        may_edit=mine or identity.access().may("member.edit", store_id=store_id),
        binding=binding,
        guides_to_choose=user.may_look_after(db(), store_id) if store_id and may_bind else (),
        guide=user.staff(db(), binding.staff_id) if binding else None,
        store=channel.store(db(), store_id) if store_id else None,
        tier=member.tier(db(), found.tier) if found.tier else None,
        balance=member.balance(db(), member_id),
        tags=member.tags(db(), member_id),
        held=held,
        sent=conversation.coupons_sent(db(), member_id=member_id, staff_id=me().id) if held and mine else (),
        bought=_bought(member_id),
        plays=campaigns.plays_of(db(), member_id=member_id, limit=OF_EACH),
        notes=notes,
        authors={one.id: one for one in user.staff_by_ids(db(), {one.staff_id for one in notes})},
        order_states=ORDER_STATES,
        own_id=me().id,
    )


def _bought(member_id: UUID) -> list[Bought]:
    """The latest orders, in three statements however many there are."""
    orders = order.orders_of(db(), member_id=member_id, limit=OF_EACH).rows
    lines = order.lines_of_each(db(), member_id=member_id, order_ids=[each.id for each in orders])
    goods = product.goods_by_id(db(), [line.sku_id for of_one in lines.values() for line in of_one])
    return [
        Bought(
            each,
            [goods[line.sku_id] for line in sorted(lines[each.id], key=lambda line: -line.price_fen)][
                :PIECES_DRAWN
            ],
            sum(line.quantity for line in lines[each.id]),
        )
        for each in orders
    ]
