"""What engagement does when something happened below it: the guides' feed, handovers, live phones,
forgetting.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import campaigns
from campaigns import PlaysDecided
from campaigns.duel import DuelChanged
from center_core import member, user
from center_core.kit import Event, Handler, Session, Telling, together
from center_core.member import MemberBound, MemberErased, MemberFrozen, MembersHandedOver
from center_core.order import OrderPaid
from center_core.user import PasswordChanged, RoleRevoked, StaffLeft
from scrm.engagement import conversation, feed, note
from scrm.engagement.conversation import ConversationHandedOver, MessagePosted
from scrm.engagement.feed import FeedPosted, Line
from scrm.live import HAND_OVER, SHOW_OUT, Live, floor_room, member_room, staff_room


class Phones(Protocol):
    """The part of the outside world that these handlers call."""

    live: Live


@together
def feed_wins(db: Session, events: Sequence[PlaysDecided], *, now: datetime) -> None:
    """Show each real prize of some batches of plays to the winner's guide; consolations would bury them."""
    played = dict.fromkeys(event.campaign_id for event in events)
    wins = [win for campaign_id in played for win in _wins(db, campaign_id, events)]
    winners = {member_id for member_id, _ in wins}
    if not winners:
        return
    guides, names = member.guides_of(db, winners), member.names_of(db, winners)
    feed.add(
        db,
        [
            Line(guides[member_id].staff_id, feed.WIN, member_id, {"name": names[member_id], **shown})
            for member_id, shown in wins
            if member_id in guides
        ],
        now=now,
    )


def _wins(
    db: Session, campaign_id: UUID, events: Sequence[PlaysDecided]
) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Each winner of a real prize of this campaign, with what is shown of the win."""
    definition = campaigns.published_definition(db, campaigns.campaign(db, campaign_id))
    if definition is None:
        return
    shown = {
        prize.no: {
            "prize": prize.name.model_dump(),
            "prize_kind": prize.kind,
            "campaign": definition.title.model_dump(),
        }
        for prize in definition.prizes
        if prize.kind != "none" and not prize.fallback
    }
    for event in events:
        if event.campaign_id == campaign_id:
            yield from ((member_id, shown[no]) for _, member_id, no in event.plays if no in shown)


def feed_binding(db: Session, event: MemberBound, *, now: datetime) -> None:
    """Tell a guide of a new member of theirs."""
    name = member.names_of(db, [event.member_id]).get(event.member_id, "")
    kind = feed.JOIN if event.reason == "join" else feed.BOUND
    feed.add(
        db, [Line(event.staff_id, kind, event.member_id, {"name": name, "reason": event.reason})], now=now
    )


def feed_handover(db: Session, event: MembersHandedOver, *, now: datetime) -> None:
    """Tell a guide in one line of all the members whom they took over, or who came back to them."""
    former = user.badge(db, event.former_id).name if event.former_id else None
    body = {"count": event.count, "former": former}
    feed.add(db, [Line(event.staff_id, feed.HANDOVER, None, body)], now=now)


def hand_conversation_over(db: Session, event: MemberBound, *, now: datetime) -> None:
    """Give the member's conversation to the new guide, or open it."""
    conversation.hand_over(db, member_id=event.member_id, now=now)


def hand_conversations_over(db: Session, event: MembersHandedOver, *, now: datetime) -> None:
    """Give the conversations of all these members to the new guide."""
    theirs = member.handed_over(db, staff_id=event.staff_id, store_id=event.store_id, at=event.at)
    conversation.hand_all_over(
        db, staff_id=event.staff_id, store_id=event.store_id, member_ids=theirs, now=now
    )


@together
def feed_sale(db: Session, events: Sequence[OrderPaid], *, now: datetime) -> None:
    """Tell the members' guides of purchases; of a sale to nobody in particular, whoever sold it."""
    buyers = {event.member_id for event in events}
    guides, names = member.guides_of(db, buyers), member.names_of(db, buyers)
    lines = []
    for event in events:
        guide = guides.get(event.member_id)
        staff_id = guide.staff_id if guide else event.staff_id
        if staff_id is not None:
            name = names.get(event.member_id, "")
            body = {"name": name, "amount_fen": event.payable_fen, "number": event.number}
            lines.append(Line(staff_id, feed.SALE, event.member_id, body))
    feed.add(db, lines, now=now)


def forget_member(db: Session, event: MemberErased, *, now: datetime) -> None:
    """A member asked to be forgotten: what was said, noted and shown of them goes."""
    conversation.forget(db, event.member_id)
    note.forget(db, event.member_id)
    feed.forget(db, event.member_id)


def tell_messages(phones: Phones, events: Sequence[MessagePosted], *, now: datetime) -> None:
    """Hand messages that pages or jobs wrote to the connected phones of both sides."""
    phones.live.tell_all(
        ([member_room(event.member_id), staff_room(event.staff_id)], "message", event.as_told())
        for event in events
    )


def tell_feed(phones: Phones, events: Sequence[FeedPosted], *, now: datetime) -> None:
    """Hand new feed lines to the connected phones of their guides.

    Whoever runs the store is told only that there is something new, and asks for what they may see.
    """
    lines = [line for event in events for line in event.lines]
    floors = sorted({floor_room(line["store_id"]) for line in lines if line.get("store_id")})
    phones.live.tell_all(
        [*(([staff_room(line["staff_id"])], "feed", line) for line in lines), (floors, "feed", {})]
    )


def tell_duels(phones: Phones, events: Sequence[DuelChanged], *, now: datetime) -> None:
    """Let the phones of both sides look at their duels again."""
    phones.live.tell_all(
        (list(map(member_room, event.member_ids)), "duel", {"duel": str(event.duel_id)}) for event in events
    )


ShownOut = StaffLeft | PasswordChanged | RoleRevoked | MemberFrozen | MemberErased


def close_lines(phones: Phones, events: Sequence[ShownOut], *, now: datetime) -> None:
    """Whoever left, or whose membership rests or has ended, hears and says nothing more, however long ago they
    connected. Who has another password or a role less comes back at once, if they still may.
    """
    rooms = [
        member_room(event.member_id)
        if isinstance(event, MemberFrozen | MemberErased)
        else staff_room(event.staff_id)
        for event in events
    ]
    phones.live.order_all([(rooms, SHOW_OUT, {})])


def switch_lines(phones: Phones, events: Sequence[ConversationHandedOver], *, now: datetime) -> None:
    """The open connections of the member and of the former guide know whose the conversation is now."""
    phones.live.order_all(
        (
            [member_room(event.member_id), staff_room(event.former_id)],
            HAND_OVER,
            {"conversation": str(event.conversation_id), "staff": str(event.staff_id)},
        )
        for event in events
    )


WHEN: Mapping[type[Event], tuple[Handler | Telling, ...]] = {
    PlaysDecided: (feed_wins,),
    MemberBound: (feed_binding, hand_conversation_over),
    MembersHandedOver: (feed_handover, hand_conversations_over),
    MemberErased: (forget_member, Telling("close_line", close_lines)),
    MemberFrozen: (Telling("close_line", close_lines),),
    StaffLeft: (Telling("close_line", close_lines),),
    PasswordChanged: (Telling("close_line", close_lines),),
    RoleRevoked: (Telling("close_line", close_lines),),
    ConversationHandedOver: (Telling("switch_line", switch_lines),),
    OrderPaid: (feed_sale,),
    MessagePosted: (Telling("tell_message", tell_messages),),
    FeedPosted: (Telling("tell_feed", tell_feed),),
    DuelChanged: (Telling("tell_duel", tell_duels),),
}
