"""Compares the clients' book with the database: nothing lost, doubled, changed or oversold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import text

from center_core.kit import Session
from loadtests.book import (
    Entry,
    MessageAsked,
    MessagesRead,
    MessageTold,
    OrderAsked,
    OrderTold,
    PlayAsked,
    PlayTold,
    of_kind,
)

Key = tuple[str, str]


class PlayRow(NamedTuple):
    """A play as it is stored, with how often its prize was given: award, coupon, points."""

    id: str
    prize_no: int
    unit_no: int | None
    n: int
    kind: str
    awards: int
    coupons: int
    postings: int


class MessageRow(NamedTuple):
    seq: int
    text: str


class OrderRow(NamedTuple):
    member: str
    payable_fen: int


@dataclass
class Stored:
    """What the database says. Plays by member and key, messages by conversation and client id, orders by number."""

    plays: dict[Key, PlayRow] = field(default_factory=dict)
    messages: dict[Key, MessageRow] = field(default_factory=dict)
    last_seqs: dict[str, int] = field(default_factory=dict)
    orders: dict[str, list[OrderRow]] = field(default_factory=dict)


# What each kind of prize must have given, besides its award.
GIVES = {"gift": (1, 0), "coupon": (1, 0), "points": (0, 1)}


def differences(entries: Sequence[Entry], stored: Stored, promised: Mapping[int, int]) -> list[str]:
    """Every contradiction, as a sentence; ``promised`` is the number of pieces of each limited prize."""
    return [
        *_plays(entries, stored),
        *_prizes(stored, promised),
        *_messages(entries, stored),
        *_orders(entries, stored),
    ]


def _plays(entries: Iterable[Entry], stored: Stored) -> Iterator[str]:
    entries = list(entries)
    asked = {(one.member, one.key) for one in of_kind(entries, PlayAsked)}
    for told in of_kind(entries, PlayTold):
        row = stored.plays.get((told.member, told.key))
        if row is None:
            yield f"play {told.key} of {told.member} was acknowledged (prize {told.prize_no}) and is lost"
        elif (row.id, row.prize_no, row.unit_no, row.n) != (
            told.play_id,
            told.prize_no,
            told.unit_no,
            told.n,
        ):
            yield f"play {told.key} was acknowledged as {told} and is stored as {row}"
    for member, key in stored.plays.keys() - asked:
        yield f"play {key} of {member} is stored and nobody asked for it"


def _prizes(stored: Stored, promised: Mapping[int, int]) -> Iterator[str]:
    won = Counter(row.prize_no for row in stored.plays.values())
    for no, pieces in promised.items():
        if won[no] > pieces:
            yield f"prize {no} is oversold: {won[no]} won of {pieces}"
    units = Counter((row.prize_no, row.unit_no) for row in stored.plays.values() if row.unit_no is not None)
    for (no, unit), winners in units.items():
        if winners > 1:
            yield f"unit {unit} of prize {no} was won {winners} times"
    for (_, key), row in stored.plays.items():
        coupons, postings = GIVES.get(row.kind, (0, 0))
        expected = (int(row.kind in GIVES), coupons, postings)
        if (row.awards, row.coupons, row.postings) != expected:
            yield f"play {key} won {row.kind}: awards, coupons, postings are {row[-3:]}, not {expected}"


def _messages(entries: Iterable[Entry], stored: Stored) -> Iterator[str]:
    entries = list(entries)
    texts = {(one.conversation, one.client_id): one.text for one in of_kind(entries, MessageAsked)}
    for told in of_kind(entries, MessageTold):
        key = (told.conversation, told.client_id)
        row = stored.messages.get(key)
        if row is None:
            yield f"message {told.seq} of {told.conversation} was acknowledged and is lost"
        elif row != (told.seq, texts[key]):
            yield f"message {told.seq} of {told.conversation} is stored as {row}"
    for conversation, client_id in stored.messages.keys() - texts.keys():
        yield f"a message ({client_id}) of {conversation} is stored and nobody sent it"
    seqs: dict[str, list[int]] = defaultdict(list)
    for (conversation, _), row in stored.messages.items():
        seqs[conversation].append(row.seq)
    for conversation, last in stored.last_seqs.items():
        if sorted(seqs[conversation]) != list(range(1, last + 1)):
            yield f"the messages of {conversation} are not numbered 1 to {last}"
    for phone in of_kind(entries, MessagesRead):
        if phone.missing:
            yield f"the {phone.side}'s phone in {phone.conversation} misses {phone.missing}"


def _orders(entries: Iterable[Entry], stored: Stored) -> Iterator[str]:
    entries = list(entries)
    asked = {one.number for one in of_kind(entries, OrderAsked)}
    for told in of_kind(entries, OrderTold):
        rows = stored.orders.get(told.number, [])
        if rows != [OrderRow(told.member, told.payable_fen)]:
            yield f"order {told.number} over {told.payable_fen} fen was acknowledged and is stored as {rows}"
    for number, rows in stored.orders.items():
        if len(rows) > 1:
            yield f"order {number} is stored {len(rows)} times"
        if number not in asked:
            yield f"order {number} is stored and no till sent it"


PLAYS = text("""
    select p.member_id::text, p.idempotency_key, p.id::text, p.prize_no, p.unit_no, p.n,
           coalesce(z.kind, 'unknown') as kind,
           (select count(*) from award a where a.member_id = p.member_id and a.id = p.id) as awards,
           (select count(*) from coupon c where c.member_id = p.member_id
             and c.source_kind = 'play' and c.source_id = p.id) as coupons,
           (select count(*) from points_posting o where o.member_id = p.member_id
             and o.source_kind = 'play' and o.source_id = p.id and o.kind = 'earn') as postings
      from play p
      join campaign_version v on v.campaign_id = p.campaign_id and v.version = p.version
      left join lateral jsonb_to_recordset(v.definition -> 'prizes') as z (no int, kind text) on z.no = p.prize_no
     where p.campaign_id = :campaign
""")
MESSAGES = text("""
    select m.conversation_id::text, m.client_id::text, m.seq, m.body ->> 'text' as said
      from message m where m.conversation_id = any (cast(:conversations as uuid[]))
""")
LAST_SEQS = text(
    "select id::text as id, last_seq from conversation where id = any (cast(:conversations as uuid[]))"
)
ORDERS = text("""select number, member_id::text, payable_fen from "order" where number like 'L%-%'""")


def read_stored(db: Session, *, campaign_id: str, conversations: Sequence[str]) -> Stored:
    """Everything that the evening left in the database."""
    stored = Stored()
    for member, key, *row in db.execute(PLAYS, {"campaign": campaign_id}):
        stored.plays[member, key] = PlayRow(*row)
    for conversation, client_id, seq, said in db.execute(MESSAGES, {"conversations": list(conversations)}):
        stored.messages[conversation, client_id] = MessageRow(seq, said)
    rows = db.execute(LAST_SEQS, {"conversations": list(conversations)})
    stored.last_seqs = {row.id: row.last_seq for row in rows}
    for number, member, payable in db.execute(ORDERS):
        stored.orders.setdefault(number, []).append(OrderRow(member, payable))
    return stored
