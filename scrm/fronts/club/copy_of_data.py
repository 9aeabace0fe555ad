"""All that is stored about a member, for the member to take along."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

import orjson

import campaigns
from center_core import channel, marketing, member, order, product, user
from center_core.kit import Page
from scrm.engagement import conversation, note
from scrm.fronts.web import db, now

T = TypeVar("T")

PAGE = 200
EVERYTHING = 100_000
"""More plays or notes than anybody has."""


def copied(who: member.Member) -> bytes:
    """A JSON document: money in fen, times in UTC, texts in the languages in which they are kept."""
    id = who.member_id
    balance = member.balance(db(), id)
    document = {
        "member": {
            "number": who.number,
            "name": who.name,
            "phone": who.phone,
            "gender": who.gender,
            "birthday": who.birthday,
            "language": who.locale,
            "joined_at": who.joined_at,
            "tier": who.tier,
            "growth": who.growth,
        },
        "consents": [
            {
                "document": each.document,
                "version": each.version,
                "given_at": each.given_at,
                "withdrawn_at": each.withdrawn_at,
            }
            for each in member.consents(db(), id)
        ],
        "tags": member.tags(db(), id),
        "guides": list(_guides(id)),
        "points": {
            "available": balance.available,
            "pending": balance.pending,
            "postings": [
                {"at": each.at, "kind": each.kind, "amount": each.amount, "for": each.source_kind}
                for each in _all(lambda after: member.postings(db(), member_id=id, after=after, limit=PAGE))
            ],
        },
        "coupons": list(_coupons(id)),
        "orders": list(_orders(id)),
        "plays": [
            {"at": each.played_at, "campaign": each.title, "prize": each.prize}
            for each in campaigns.plays_of(db(), member_id=id, limit=EVERYTHING)
        ],
        "messages": list(_messages(id)),
        "notes": [{"at": each.at, "text": each.text} for each in note.notes_of(db(), id, limit=EVERYTHING)],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _all(page_after: Callable[[str | None], Page[T]]) -> Iterator[T]:
    after: str | None = None
    while True:
        page = page_after(after)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _guides(id: UUID) -> Iterator[dict[str, Any]]:
    bindings = member.bindings(db(), id)
    people = {one.id: one.name for one in user.staff_by_ids(db(), {each.staff_id for each in bindings})}
    for each in bindings:
        yield {
            "name": people[each.staff_id],
            "store": channel.store(db(), each.store_id).name,
            "since": each.since,
            "until": each.until,
        }


def _coupons(id: UUID) -> Iterator[dict[str, Any]]:
    past = _all(lambda after: marketing.past(db(), member_id=id, now=now(), after=after, limit=PAGE))
    for held in (*marketing.wallet(db(), member_id=id, now=now()), *past):
        yield {
            "code": held.coupon.code,
            "name": held.template.name,
            "state": held.state,
            "issued_at": held.coupon.issued_at,
            "valid_until": held.coupon.valid_until,
        }


def _orders(id: UUID) -> Iterator[dict[str, Any]]:
    orders = list(_all(lambda after: order.orders_of(db(), member_id=id, after=after, limit=PAGE)))
    lines = order.lines_of_each(db(), member_id=id, order_ids=[each.id for each in orders])
    goods = product.goods_by_id(db(), [line.sku_id for of_one in lines.values() for line in of_one])
    for each in orders:
        yield {
            "number": each.number,
            "placed_at": each.placed_at,
            "state": each.state,
            "payable_fen": each.payable_fen,
            "lines": [
                {
                    "sku": goods[line.sku_id].sku.code,
                    "name": goods[line.sku_id].style.name,
                    "quantity": line.quantity,
                    "price_fen": line.price_fen,
                    "discount_fen": line.discount_fen,
                    "returned": line.returned,
                }
                for line in lines[each.id]
            ],
        }


def _messages(id: UUID) -> Iterator[dict[str, Any]]:
    row = conversation.of_member(db(), id)
    seq = 0
    while row is not None:
        page = conversation.since(db(), member_id=id, conversation_id=row.id, after_seq=seq, limit=PAGE)
        for each in page:
            yield {"at": each.sent_at, "from": each.sender_kind, "kind": each.kind, "body": each.body}
        if not page:
            return
        seq = page[-1].seq
