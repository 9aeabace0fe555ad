"""What the guides see of what happens to their members, and what the phones are told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from campaigns import PlaysDecided
from center_core import member, user
from center_core.kit import Outbox, Session, uuid7
from center_core.member import MemberBound, MemberErased
from center_core.order import OrderPaid
from scrm.engagement import conversation, note, policies
from scrm.engagement.conversation import MessagePosted
from scrm.engagement.feed import Feed, FeedPosted
from scrm.engagement.policies import Phones
from scrm.live import floor_room, member_room, staff_room
from tests import make
from tests.make import campaign


@dataclass
class Told:
    """Phones that remember what they were told."""

    calls: list[tuple[list[str], str, Any]] = field(default_factory=list)

    @property
    def live(self) -> "Told":
        return self

    def tell_all(self, told: Iterable[tuple[list[str], str, Any]]) -> None:
        self.calls += told


@pytest.fixture
def guide(db: Session) -> user.Staff:
    return make.guide(db, make.store(db))


def member_of(db: Session, guide: user.Staff, name: str, now: datetime) -> member.Member:
    row = make.member(db, name=name)
    assert guide.store_id
    member.bind(
        db, member_id=row.member_id, staff_id=guide.id, store_id=guide.store_id, reason="join", now=now
    )
    return row


def feed_of(db: Session, staff_id: UUID) -> list[Feed]:
    return list(db.scalars(select(Feed).where(Feed.staff_id == staff_id).order_by(Feed.id)))


def test_each_win_reaches_the_winners_guide_and_consolations_do_not(
    db: Session, guide: user.Staff, now: datetime
) -> None:
    prizes = [
        campaign.prize(1, "points", points=20, odds_ppm=500_000),
        campaign.prize(2, "points", points=1, fallback=True),
    ]
    live = campaign.live(db, prizes=prizes)
    winner, loser = member_of(db, guide, "王小明", now), member_of(db, guide, "李雷", now)
    nobodys = make.member(db, name="韩梅梅")
    plays = [
        (uuid7(), winner.member_id, 1), (uuid7(), loser.member_id, 2), (uuid7(), nobodys.member_id, 1),
        (uuid7(), winner.member_id, 1),
    ]  # fmt: skip
    policies.feed_wins(db, PlaysDecided(campaign_id=live.id, plays=plays), now=now)
    lines = feed_of(db, guide.id)
    assert [(line.kind, line.member_id, line.body["name"]) for line in lines] == [
        ("win", winner.member_id, "王小明")
    ] * 2
    assert lines[0].body["prize"] == {"en": "Prize 1", "zh": "奖品1"}


def test_a_batch_without_wins_tells_nobody(db: Session, now: datetime) -> None:
    live = campaign.live(db)
    event = PlaysDecided(campaign_id=live.id, plays=[(uuid7(), uuid7(), 9)])
    policies.feed_wins(db, event, now=now)
    assert db.scalars(select(Feed)).all() == []


def test_a_new_member_is_in_the_feed_and_in_the_conversations(
    db: Session, guide: user.Staff, now: datetime
) -> None:
    who = member_of(db, guide, "王小明", now)
    assert guide.store_id
    event = MemberBound(member_id=who.member_id, staff_id=guide.id, store_id=guide.store_id, reason="join")
    policies.feed_binding(db, event, now=now)
    policies.hand_conversation_over(db, event, now=now)
    assert [(line.kind, line.body["name"]) for line in feed_of(db, guide.id)] == [("join", "王小明")]
    told = db.scalars(select(Outbox.body).where(Outbox.name == "FeedPosted")).one()
    assert [line["store_id"] for line in told["lines"]] == [str(guide.store_id)]
    assert conversation.waiting_for(db, staff_id=guide.id) == 1


def test_a_purchase_is_told_to_the_members_guide_else_to_who_sold_it(
    db: Session, guide: user.Staff, now: datetime
) -> None:
    seller = make.guide(db, make.store(db))
    own, nobodys = member_of(db, guide, "王小明", now), make.member(db)

    def paid(who: member.Member, staff_id: UUID | None) -> None:
        event = OrderPaid(
            member_id=who.member_id, order_id=uuid7(), number="A1", store_id=uuid7(), staff_id=staff_id,
            payable_fen=129_900,
        )  # fmt: skip
        policies.feed_sale(db, event, now=now)

    paid(own, seller.id)
    paid(nobodys, seller.id)
    paid(nobodys, None)
    assert [line.body["amount_fen"] for line in feed_of(db, guide.id)] == [129_900]
    assert len(feed_of(db, seller.id)) == 1


def test_phones_are_told_of_messages_and_of_their_own_feed_only(now: datetime) -> None:
    told = Told()
    phones = cast("Phones", told)
    message = MessagePosted(
        member_id=uuid4(), staff_id=uuid4(), conversation_id=uuid4(), seq=3, client_id=uuid4(),
        sender_kind="staff", kind="text", content={"text": "Hi"}, sent_at=now,
    )  # fmt: skip
    policies.tell_messages(phones, [message], now=now)
    store_id = str(uuid4())
    lines = [
        {"staff_id": str(uuid4()), "store_id": store_id, "kind": "win"},
        {"staff_id": str(uuid4()), "store_id": store_id, "kind": "join"},
        {"staff_id": str(uuid4()), "store_id": None, "kind": "join"},
    ]
    policies.tell_feed(phones, [FeedPosted(lines=lines)], now=now)
    rooms, event, payload = told.calls[0]
    assert rooms == [member_room(message.member_id), staff_room(message.staff_id)]
    assert (event, payload["seq"], payload["from"]) == ("message", 3, "staff")
    *own, floor = told.calls[1:]
    assert own == [([staff_room(line["staff_id"])], "feed", line) for line in lines]
    assert floor == ([floor_room(store_id)], "feed", {}), "whoever runs the store is told no names"


def test_nothing_is_left_of_who_asks_to_be_forgotten(db: Session, guide: user.Staff, now: datetime) -> None:
    who = member_of(db, guide, "王小明", now)
    assert guide.store_id
    bound = MemberBound(member_id=who.member_id, staff_id=guide.id, store_id=guide.store_id, reason="join")
    policies.feed_binding(db, bound, now=now)
    policies.hand_conversation_over(db, bound, now=now)
    note.write(db, member_id=who.member_id, staff_id=guide.id, text="Likes blue", now=now)
    policies.forget_member(db, MemberErased(member_id=who.member_id), now=now)
    assert conversation.of_member(db, who.member_id) is None
    assert note.notes_of(db, who.member_id) == []
    assert feed_of(db, guide.id) == []


def test_the_doctor_finds_a_lost_message(db: Session, guide: user.Staff, now: datetime) -> None:
    who = member_of(db, guide, "王小明", now)
    row = conversation.hand_over(db, member_id=who.member_id, now=now)
    assert row
    assert list(conversation.check(db)) == []
    db.execute(conversation.Conversation.__table__.update().values(last_seq=2, member_read_seq=7))
    found = {finding.check for finding in conversation.check(db)}
    assert found == {"conversation.unnumbered", "conversation.read_ahead"}
