"""What engagement does when something happened below it: the guides' feed, handovers, live phones,
forgetting.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import campaigns
from campaigns import PlaysDecided
from campaigns.duel import DuelChanged
from center_core import member
from center_core.kit import Event, Handler, Outside, Session
from center_core.member import MemberBound, MemberErased
from center_core.order import OrderPaid
from scrm.engagement import conversation, feed, note
from scrm.engagement.conversation import MessagePosted
from scrm.engagement.feed import FeedPosted, Line
from scrm.live import Live, floor_room, member_room, staff_room


class Phones(Protocol):
    """The part of the outside world that these handlers call."""

    live: Live


def feed_wins(db: Session, event: PlaysDecided, *, now: datetime) -> None:
    """Show each real prize of a batch of plays to the winner's guide; consolations would bury them."""
    campaign = campaigns.campaign(db, event.campaign_id)
    definition = campaigns.published_definition(db, campaign)
    if definition is None:
        return
    shown = {prize.no: prize for prize in definition.prizes if prize.kind != "none" and not prize.fallback}
    won = [(play_id, member_id, no) for play_id, member_id, no in event.plays if no in shown]
    winners = {member_id for _, member_id, _ in won}
    guides, names = member.guides_of(db, winners), member.names_of(db, winners)
    feed.add(
        db,
        [
            Line(
                guides[member_id].staff_id,
                feed.WIN,
                member_id,
                {
                    "name": names[member_id],
                    "prize": shown[no].name.model_dump(),
                    "prize_kind": shown[no].kind,
                    "campaign": definition.title.model_dump(),
                },
            )
            for _, member_id, no in won
            if member_id in guides
        ],
        now=now,
    )


def feed_binding(db: Session, event: MemberBound, *, now: datetime) -> None:
    """Tell a guide of a new member of theirs."""
    name = member.names_of(db, [event.member_id]).get(event.member_id, "")
    kind = feed.JOIN if event.reason == "join" else feed.BOUND
    feed.add(db, [Line(event.staff_id, kind, event.member_id, {"name": name})], now=now)


def hand_conversation_over(db: Session, event: MemberBound, *, now: datetime) -> None:
    """Give the member's conversation to the new guide, or open it."""
    conversation.hand_over(db, member_id=event.member_id, now=now)


def feed_sale(db: Session, event: OrderPaid, *, now: datetime) -> None:
    """Tell the member's guide of a purchase; of a sale to nobody in particular, whoever sold it."""
    binding = member.guide_of(db, event.member_id)
    staff_id = binding.staff_id if binding else event.staff_id
    if staff_id is None:
        return
    name = member.names_of(db, [event.member_id]).get(event.member_id, "")
    body = {"name": name, "amount_fen": event.payable_fen, "number": event.number}
    feed.add(db, [Line(staff_id, feed.SALE, event.member_id, body)], now=now)


def forget_member(db: Session, event: MemberErased, *, now: datetime) -> None:
    """A member asked to be forgotten: what was said, noted and shown of them goes."""
    conversation.forget(db, event.member_id)
    note.forget(db, event.member_id)
    feed.forget(db, event.member_id)


def tell_message(phones: Phones, event: MessagePosted, *, key: str, now: datetime) -> None:
    """Hand a message that a page or a job wrote to the connected phones of both sides."""
    rooms = [member_room(event.member_id), staff_room(event.staff_id)]
    phones.live.tell(rooms, "message", event.as_told())


def tell_feed(phones: Phones, event: FeedPosted, *, key: str, now: datetime) -> None:
    """Hand new feed lines to the connected phones of their guides.

    Whoever runs the store is told only that there is something new, and asks for what they may see.
    """
    for line in event.lines:
        phones.live.tell([staff_room(line["staff_id"])], "feed", line)
    floors = sorted({floor_room(line["store_id"]) for line in event.lines if line.get("store_id")})
    if floors:
        phones.live.tell(floors, "feed", {})


def tell_duel(phones: Phones, event: DuelChanged, *, key: str, now: datetime) -> None:
    """Let the phones of both sides look at their duel again."""
    rooms = [member_room(member_id) for member_id in event.member_ids]
    phones.live.tell(rooms, "duel", {"duel": str(event.duel_id)})


WHEN: Mapping[type[Event], tuple[Handler | Outside, ...]] = {
    PlaysDecided: (feed_wins,),
    MemberBound: (feed_binding, hand_conversation_over),
    MemberErased: (forget_member,),
    OrderPaid: (feed_sale,),
    MessagePosted: (Outside("tell_message", tell_message, quick=True),),
    FeedPosted: (Outside("tell_feed", tell_feed, quick=True),),
    DuelChanged: (Outside("tell_duel", tell_duel, quick=True),),
}
