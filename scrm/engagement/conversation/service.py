"""Opening, posting to and reading conversations.

There is one door for messages: the SQL function ``message_post_batch``. It numbers, refuses and recognises
replays for the whole batch of a realtime process and for the single message of a page alike.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from center_core import member
from center_core.kit import (
    N_,
    Fault,
    Forbidden,
    NotFound,
    Page,
    Refused,
    Session,
    after_moment,
    moment_cursor,
    publish_all,
    uuid7,
)

from .compose import COUPON, Draft, Posted, Sender, preview
from .events import MessagePosted
from .models import GUIDE, Conversation, Message, TalkScript

PAGE = 200

_POST = text(
    "select * from message_post_batch(:at, cast(:members as uuid[]), cast(:conversations as uuid[]), "
    "cast(:client_ids as uuid[]), cast(:sender_kinds as text[]), cast(:sender_ids as uuid[]), "
    "cast(:kinds as text[]), cast(:bodies as text[]), cast(:previews as text[]))"
)

_REFUSALS: dict[str, tuple[type[Fault], str]] = {
    "conversation_unknown": (NotFound, N_("There is no such conversation.")),
    "conversation_handed_over": (Refused, N_("This member has another guide now.")),
    "signed_out": (Forbidden, N_("Please sign in first.")),
}


def open_with_guide(db: Session, *, member_id: UUID, now: datetime) -> Conversation:
    """The member's conversation with their guide, opened at first use; refuses while there is none."""
    there = of_member(db, member_id)
    if there is not None:
        return there
    binding = member.guide_of(db, member_id)
    if binding is None:
        raise Refused("no_guide", N_("You have no shop guide yet. Pick your store first."))
    _open(db, member_id=member_id, staff_id=binding.staff_id, store_id=binding.store_id, now=now)
    opened = of_member(db, member_id)
    if opened is None:
        raise RuntimeError("a conversation that was just opened is not there")
    return opened


def of_member(db: Session, member_id: UUID) -> Conversation | None:
    """The member's conversation with their guide, if there is one."""
    return db.scalar(
        select(Conversation).where(Conversation.member_id == member_id, Conversation.kind == GUIDE)
    )


def conversation(db: Session, *, member_id: UUID, conversation_id: UUID) -> Conversation:
    """One conversation by its key."""
    row = db.get(Conversation, (member_id, conversation_id))
    if row is None:
        raise _refusal("conversation_unknown")
    return row


def of_staff(
    db: Session, *, staff_id: UUID, after: str | None = None, limit: int = 30, waiting: bool = False
) -> Page[Conversation]:
    """A guide's conversations that have messages, newest first; ``waiting``: only those with unread ones."""
    query = select(Conversation).where(Conversation.staff_id == staff_id, Conversation.last_seq > 0)
    if waiting:
        query = query.where(Conversation.last_seq > Conversation.staff_read_seq)
    if after:
        query = query.where(tuple_(Conversation.last_at, Conversation.id) < after_moment(after))
    rows = db.scalars(
        query.order_by(Conversation.last_at.desc(), Conversation.id.desc()).limit(limit + 1)
    ).all()
    page = rows[:limit]
    return Page(page, moment_cursor(page[-1].last_at, page[-1].id) if len(rows) > limit else None)


def waiting_for(db: Session, *, staff_id: UUID) -> int:
    """In how many conversations the guide has unread messages."""
    return db.scalar(
        select(func.count())
        .select_from(Conversation)
        .where(Conversation.staff_id == staff_id, Conversation.last_seq > Conversation.staff_read_seq)
    ) or 0  # fmt: skip


def post(db: Session, draft: Draft, *, now: datetime) -> Posted:
    """Write one message and tell the phones through the outbox; a known ``client_id`` changes nothing."""
    result = post_all(db, [draft], now=now)[0]
    if isinstance(result, Fault):
        raise result
    return result


def post_all(db: Session, drafts: Sequence[Draft], *, now: datetime) -> list[Posted | Fault]:
    """The same for many, each with its own answer."""
    answers = post_batch(db, drafts, now=now)
    publish_all(
        db,
        [
            MessagePosted(
                member_id=posted.draft.member_id,
                staff_id=posted.staff_id,
                conversation_id=posted.draft.conversation_id,
                seq=posted.seq,
                client_id=posted.draft.client_id,
                sender_kind=posted.draft.sender.kind,
                kind=posted.kind,
                content=posted.body,
                sent_at=posted.sent_at,
            )
            for posted in answers
            if isinstance(posted, Posted) and not posted.replayed
        ],
        now=now,
    )
    return answers


def post_batch(db: Session, drafts: Sequence[Draft], *, now: datetime) -> list[Posted | Fault]:
    """Write many messages in one statement and give each its answer, in the order of ``drafts``.

    A refused draft does not disturb the others. Locks the conversations in the order of their keys. Publishes
    nothing: the caller tells the phones once the transaction is committed.
    """
    rows = db.execute(
        _POST,
        {
            "at": now,
            "members": _array(str(d.member_id) for d in drafts),
            "conversations": _array(str(d.conversation_id) for d in drafts),
            "client_ids": _array(str(d.client_id) for d in drafts),
            "sender_kinds": _array(d.sender.kind for d in drafts),
            "sender_ids": _array(str(d.sender.id) if d.sender.id else None for d in drafts),
            "kinds": _array(d.kind for d in drafts),
            "bodies": _array(orjson.dumps(d.body).decode() for d in drafts),
            "previews": _array(preview(d.kind, d.body) for d in drafts),
        },
    ).all()
    answers: dict[int, Posted | Fault] = {}
    for row in rows:
        draft = drafts[row.ord - 1]
        answers[row.ord] = (
            _refusal(row.refused)
            if row.refused
            else Posted(draft, row.staff_id, row.seq, row.kind, row.body, row.sent_at, row.replayed)
        )
    return [answers[n] for n in range(1, len(drafts) + 1)]


def since(
    db: Session, *, member_id: UUID, conversation_id: UUID, after_seq: int, limit: int = PAGE
) -> Sequence[Message]:
    """The messages that follow number ``after_seq``, oldest first: what a phone that comes back asks for."""
    return db.scalars(
        _messages(member_id, conversation_id)
        .where(Message.seq > after_seq)
        .order_by(Message.seq)
        .limit(limit)
    ).all()


def before(
    db: Session, *, member_id: UUID, conversation_id: UUID, seq: int | None = None, limit: int = 50
) -> Sequence[Message]:
    """The messages before number ``seq`` (``None``: the newest), oldest first: what scrolling up asks for."""
    query = _messages(member_id, conversation_id)
    if seq is not None:
        query = query.where(Message.seq < seq)
    return db.scalars(query.order_by(Message.seq.desc()).limit(limit)).all()[::-1]


def coupons_sent(db: Session, *, member_id: UUID, staff_id: UUID) -> set[UUID]:
    """Which coupons this guide has put into the member's conversation."""
    sent = select(Message.body["coupon_id"].astext).where(
        Message.member_id == member_id,
        Message.kind == COUPON,
        Message.sender_kind == "staff",
        Message.sender_id == staff_id,
    )
    return {UUID(coupon_id) for coupon_id in db.scalars(sent)}


def mark_read(db: Session, *, member_id: UUID, conversation_id: UUID, reader: Sender, seq: int) -> bool:
    """Remember that ``reader`` has read up to ``seq``; false if that was known, or is no longer theirs to say."""
    column = Conversation.member_read_seq if reader.kind == "member" else Conversation.staff_read_seq
    owner = Conversation.member_id if reader.kind == "member" else Conversation.staff_id
    moved = db.execute(
        update(Conversation)
        .where(
            Conversation.member_id == member_id,
            Conversation.id == conversation_id,
            owner == reader.id,
            column < func.least(seq, Conversation.last_seq),
        )
        .values({column: func.least(seq, Conversation.last_seq)})
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a cursor result


def forget(db: Session, member_id: UUID) -> None:
    """Delete a member's conversations and all that was said in them."""
    db.execute(delete(Message).where(Message.member_id == member_id))
    db.execute(delete(Conversation).where(Conversation.member_id == member_id))


def talk_scripts(db: Session) -> Sequence[TalkScript]:
    """The guides' ready-made sentences, in their order."""
    return db.scalars(select(TalkScript).order_by(TalkScript.position)).all()


def _open(db: Session, *, member_id: UUID, staff_id: UUID, store_id: UUID, now: datetime) -> None:
    values: dict[str, Any] = {
        "member_id": member_id,
        "id": uuid7(),
        "kind": GUIDE,
        "staff_id": staff_id,
        "store_id": store_id,
        "last_seq": 0,
        "last_at": now,
        "member_read_seq": 0,
        "staff_read_seq": 0,
        "opened_at": now,
    }
    # Both sides may open it at the same moment; the second finds the first one's.
    db.execute(
        insert(Conversation).values(values).on_conflict_do_nothing(index_elements=["member_id", "kind"])
    )


def _messages(member_id: UUID, conversation_id: UUID) -> Any:
    return select(Message).where(Message.member_id == member_id, Message.conversation_id == conversation_id)


def _array(words: Iterable[str | None]) -> str:
    """``words`` as PostgreSQL writes an array; psycopg's own way asks again for each word what it is."""
    return "{" + ",".join("NULL" if word is None else _quoted(word) for word in words) + "}"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _refusal(key: str) -> Fault:
    kind, words = _REFUSALS[key]
    return kind(key, words)
