"""Conversations: opened once, numbered without gaps, read and handed over."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from center_core import member, user
from center_core.kit import Fault, NotFound, Outbox, Refused, Session
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Conversation, Draft, Message, Posted, Sender, written
from tests import make


@pytest.fixture
def guide(db: Session) -> user.Staff:
    return make.guide(db, make.store(db))


@pytest.fixture
def row(db: Session, guide: user.Staff, now: datetime) -> Conversation:
    """The conversation of a member who has just joined."""
    who = make.member(db, guide=guide)
    _bind(db, who.member_id, guide, now)
    return conversation.open_with_guide(db, member_id=who.member_id, now=now)


def _bind(db: Session, member_id: UUID, guide: user.Staff, now: datetime) -> None:
    assert guide.store_id
    member.bind(
        db, member_id=member_id, staff_id=guide.id, store_id=guide.store_id, reason="handover", now=now
    )


def draft(row: Conversation, sender: Sender, text: str = "Hello", client_id: UUID | None = None) -> Draft:
    return Draft(row.member_id, row.id, client_id or uuid4(), sender, TEXT, written(text))


def by_member(row: Conversation) -> Sender:
    return Sender("member", row.member_id)


def by_guide(row: Conversation) -> Sender:
    return Sender("staff", row.staff_id)


def said(db: Session, row: Conversation, after: int = 0) -> list[tuple[int, str]]:
    messages = conversation.since(db, member_id=row.member_id, conversation_id=row.id, after_seq=after)
    return [(message.seq, message.body["text"]) for message in messages]


def test_it_is_opened_once_and_with_the_members_guide(
    db: Session, row: Conversation, guide: user.Staff, now: datetime
) -> None:
    again = conversation.open_with_guide(db, member_id=row.member_id, now=now)
    assert (again.id, again.staff_id, again.store_id) == (row.id, guide.id, guide.store_id)


def test_without_a_guide_there_is_nobody_to_talk_to(db: Session, now: datetime) -> None:
    alone = make.member(db)
    with pytest.raises(Refused) as refused:
        conversation.open_with_guide(db, member_id=alone.member_id, now=now)
    assert refused.value.key == "no_guide"


def test_messages_are_numbered_from_one(db: Session, row: Conversation, now: datetime) -> None:
    numbers = [conversation.post(db, draft(row, by_member(row), f"{n}"), now=now).seq for n in range(3)]
    assert numbers == [1, 2, 3]
    assert said(db, row, after=1) == [(2, "1"), (3, "2")]


def test_the_same_message_again_changes_and_tells_nothing(
    db: Session, row: Conversation, now: datetime
) -> None:
    first = draft(row, by_member(row), "Hello")
    posted = conversation.post(db, first, now=now)
    again = conversation.post(
        db, draft(row, by_member(row), "Other words", first.client_id), now=now + timedelta(hours=1)
    )
    assert (again.seq, again.body, again.sent_at, again.replayed) == (
        1,
        {"text": "Hello"},
        posted.sent_at,
        True,
    )
    assert said(db, row) == [(1, "Hello")]
    told = select(func.count()).select_from(Outbox).where(Outbox.name == "MessagePosted")
    assert db.scalar(told) == 1


@pytest.mark.parametrize(
    ("kind", "key"), [("member", "conversation_unknown"), ("staff", "conversation_handed_over")]
)
def test_only_the_two_who_are_in_it_may_write(
    db: Session, row: Conversation, now: datetime, kind: str, key: str
) -> None:
    with pytest.raises(Fault) as refused:
        conversation.post(db, draft(row, Sender(kind, uuid4())), now=now)
    assert refused.value.key == key
    assert said(db, row) == []


def test_a_batch_answers_each_in_order_and_a_refused_one_disturbs_nobody(
    db: Session, row: Conversation, now: datetime
) -> None:
    repeated = draft(row, by_guide(row), "twice")
    lost = Draft(row.member_id, uuid4(), uuid4(), by_member(row), TEXT, written("nowhere"))
    answers = conversation.post_batch(
        db, [draft(row, by_member(row), "one"), lost, repeated, repeated, draft(row, by_member(row), "last")],
        now=now,
    )  # fmt: skip
    numbers = [answer.seq if isinstance(answer, Posted) else answer.key for answer in answers]
    assert numbers == [1, "conversation_unknown", 2, 2, 3]
    assert said(db, row) == [(1, "one"), (2, "twice"), (3, "last")]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "\\",
        '\\"',
        "a,b",
        "{a}",
        "NULL",
        "null",
        "''",
        "$1 %s :at",
        "one\ntwo\tthree",
        "尺码🧥",
        "\ud7ff",
    ],
)
def test_words_are_kept_as_they_were_written(
    db: Session, row: Conversation, now: datetime, words: str
) -> None:
    others = draft(row, by_guide(row), "before")
    answers = conversation.post_batch(db, [others, draft(row, by_member(row), words), others], now=now)
    assert [answer.body["text"] for answer in answers if isinstance(answer, Posted)] == [
        "before",
        words,
        "before",
    ]
    assert said(db, row) == [(1, "before"), (2, words)]
    db.refresh(row)
    assert row.last_text == words


def test_who_writes_has_read(db: Session, row: Conversation, now: datetime) -> None:
    conversation.post(db, draft(row, by_member(row)), now=now)
    conversation.post(db, draft(row, by_member(row)), now=now)
    db.refresh(row)
    assert (row.waiting_for_staff, row.waiting_for_member) == (2, 0)
    assert conversation.waiting_for(db, staff_id=row.staff_id) == 1
    conversation.post(db, draft(row, by_guide(row)), now=now)
    db.refresh(row)
    assert (row.waiting_for_staff, row.waiting_for_member) == (0, 1)
    assert conversation.waiting_for(db, staff_id=row.staff_id) == 0


def test_reading_moves_forward_only_and_not_past_the_end(
    db: Session, row: Conversation, now: datetime
) -> None:
    for _ in range(3):
        conversation.post(db, draft(row, by_guide(row)), now=now)

    def read(seq: int) -> bool:
        return conversation.mark_read(
            db, member_id=row.member_id, conversation_id=row.id, reader=by_member(row), seq=seq
        )

    assert [read(2), read(2), read(1), read(99), read(100)] == [True, False, False, True, False]
    db.refresh(row)
    assert row.member_read_seq == 3


def test_earlier_messages_come_in_pages(db: Session, row: Conversation, now: datetime) -> None:
    for n in range(1, 8):
        conversation.post(db, draft(row, by_member(row), f"{n}"), now=now)

    def page(before: int | None) -> list[int]:
        found = conversation.before(db, member_id=row.member_id, conversation_id=row.id, seq=before, limit=3)
        return [message.seq for message in found]

    assert [page(None), page(5), page(2)] == [[5, 6, 7], [2, 3, 4], [1]]


def test_the_list_is_paged_by_key_newest_first(db: Session, guide: user.Staff, now: datetime) -> None:
    for n in range(5):
        who = make.member(db)
        _bind(db, who.member_id, guide, now)
        opened = conversation.open_with_guide(db, member_id=who.member_id, now=now)
        conversation.post(db, draft(opened, by_member(opened), f"{n}"), now=now + timedelta(minutes=n // 2))
    db.expire_all()
    seen: list[str | None] = []
    after = None
    while True:
        page = conversation.of_staff(db, staff_id=guide.id, after=after, limit=2)
        seen += [row.last_text for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen[0] == "4"
    assert sorted(filter(None, seen)) == ["0", "1", "2", "3", "4"]
    with pytest.raises(Refused):
        conversation.of_staff(db, staff_id=guide.id, after="nonsense")


def test_a_handover_keeps_the_history_and_shuts_the_old_guide_out(
    db: Session, row: Conversation, guide: user.Staff, now: datetime
) -> None:
    conversation.post(db, draft(row, by_guide(row), "See you"), now=now)
    following = make.guide(db, make.store(db))
    _bind(db, row.member_id, following, now)
    handed = conversation.hand_over(db, member_id=row.member_id, now=now)
    assert handed
    assert (handed.id, handed.staff_id, handed.store_id) == (row.id, following.id, following.store_id)
    with pytest.raises(Refused) as refused:
        conversation.post(db, draft(row, Sender("staff", guide.id)), now=now)
    assert refused.value.key == "conversation_handed_over"
    newest = conversation.before(db, member_id=row.member_id, conversation_id=row.id)[-1]
    assert (newest.sender_kind, newest.kind) == ("system", "system")
    assert set(newest.body["text"]) == {"en", "zh"}
    count = newest.seq
    conversation.hand_over(db, member_id=row.member_id, now=now)
    assert conversation.before(db, member_id=row.member_id, conversation_id=row.id)[-1].seq == count


def test_many_handed_over_at_once_keep_what_waits_and_add_nothing_to_it(
    db: Session, guide: user.Staff, now: datetime
) -> None:
    rows = []
    for _ in range(3):
        who = make.member(db)
        _bind(db, who.member_id, guide, now)
        rows.append(conversation.open_with_guide(db, member_id=who.member_id, now=now))
    asks, answered, silent = rows
    conversation.post(db, draft(asks, by_member(asks), "Is it there in M?"), now=now)
    conversation.post(db, draft(answered, by_member(answered)), now=now)
    conversation.post(db, draft(answered, by_guide(answered)), now=now)
    assert guide.store_id
    following = make.guide(db, make.store(db))
    assert following.store_id
    conversation.hand_all_over(
        db,
        staff_id=following.id,
        store_id=following.store_id,
        member_ids=[row.member_id for row in (asks, answered, silent)],
        now=now,
    )
    db.expire_all()
    assert [(row.staff_id, row.store_id) for row in rows] == [(following.id, following.store_id)] * 3
    assert [row.waiting_for_staff for row in rows] == [2, 0, 0]
    assert all(said(db, row)[-1][1]["en"].startswith(following.name["en"]) for row in rows)  # type: ignore[index]
    told = select(func.count()).select_from(Outbox).where(Outbox.name == "ConversationHandedOver")
    assert db.scalar(told) == 3
    conversation.hand_all_over(
        db, staff_id=following.id, store_id=following.store_id, member_ids=[asks.member_id], now=now
    )
    assert db.scalar(told) == 3


def test_the_former_guide_cannot_mark_as_read(db: Session, row: Conversation, now: datetime) -> None:
    conversation.post(db, draft(row, by_member(row), "Anybody there?"), now=now)
    former = by_guide(row)
    following = make.guide(db, make.store(db))
    _bind(db, row.member_id, following, now)
    conversation.hand_over(db, member_id=row.member_id, now=now)
    key = {"member_id": row.member_id, "conversation_id": row.id}
    assert not conversation.mark_read(db, **key, reader=former, seq=1)
    assert not conversation.mark_read(db, **key, reader=Sender("member", uuid4()), seq=1)
    assert conversation.waiting_for(db, staff_id=following.id) == 1
    assert conversation.mark_read(db, **key, reader=by_guide(row), seq=1)


def test_who_left_and_whose_membership_rests_write_nothing(
    db: Session, row: Conversation, guide: user.Staff, now: datetime
) -> None:
    user.deactivate(db, staff_id=guide.id, now=now)
    member.freeze(db, member_id=row.member_id, now=now)
    for sender in (by_guide(row), by_member(row)):
        with pytest.raises(Fault) as refused:
            conversation.post(db, draft(row, sender), now=now)
        assert refused.value.key == "signed_out"
    assert said(db, row) == []


def test_who_asks_to_be_forgotten_is(db: Session, row: Conversation, now: datetime) -> None:
    conversation.post(db, draft(row, by_member(row), "my secret"), now=now)
    conversation.forget(db, row.member_id)
    assert db.scalar(select(func.count()).select_from(Message)) == 0
    with pytest.raises(NotFound):
        conversation.conversation(db, member_id=row.member_id, conversation_id=row.id)


def test_talk_scripts_are_there_in_both_languages(db: Session) -> None:
    scripts = conversation.talk_scripts(db)
    assert len(scripts) >= 5
    assert all(set(script.text) == {"en", "zh"} for script in scripts)
