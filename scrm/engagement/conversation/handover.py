"""Handing conversations over: one with its member, or all those of a guide who has left."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from center_core import member, user
from center_core.kit import Session, look_up, publish, publish_all, uuid7

from .compose import NOBODY, SYSTEM, Draft, notice
from .events import ConversationHandedOver
from .models import Conversation
from .service import of_member, open_with_guide, post, post_all


def hand_over(db: Session, *, member_id: UUID, now: datetime) -> Conversation | None:
    """Give the member's conversation to the guide they are bound to now, and say so in it.

    The history stays: it belongs to the member and the brand, and the next guide answers with it in mind. The
    binding is read, not taken from the event that asked for this: events may arrive in another order. ``None`` if
    nobody looks after the member any more and they never talked to anybody.
    """
    binding = member.guide_of(db, member_id)
    row = of_member(db, member_id)
    if binding is None:
        return row
    if row is None:
        row = open_with_guide(db, member_id=member_id, now=now)
    elif (row.staff_id, row.store_id) == (binding.staff_id, binding.store_id):
        return row
    else:
        former_id = row.staff_id
        row.staff_id, row.store_id = binding.staff_id, binding.store_id
        db.flush()
        if former_id != row.staff_id:
            publish(db, ConversationHandedOver(member_id, row.id, row.staff_id, former_id), now=now)
    post(db, _introduction(user.staff(db, row.staff_id), member_id, row.id), now=now)
    return row


def hand_all_over(
    db: Session, *, staff_id: UUID, store_id: UUID, member_ids: Sequence[UUID], now: datetime
) -> None:
    """The same for the members whom one guide takes over at once, those who have a conversation.

    Unlike a new member's, such an introduction does not wait to be read by the guide: among hundreds of them
    nobody would find the questions that do. ``member_ids`` are theirs at this moment (see ``member.handed_over``).
    """
    others = look_up(db, OTHERS, ids=list(member_ids), staff_id=staff_id)
    ids = [id for id, *_ in others]
    mine = {id for (id,) in look_up(db, HAND_OVER, ids=ids, staff_id=staff_id, store_id=store_id)}
    handed = [row for row in others if row[0] in mine]
    events = [ConversationHandedOver(id, row, staff_id, former_id) for id, row, former_id, _ in handed]
    publish_all(db, events, now=now)
    guide = user.staff(db, staff_id)
    post_all(db, [_introduction(guide, id, row) for id, row, *_ in handed], now=now)
    quiet = [id for id, _, _, waiting in handed if not waiting]
    look_up(db, PUT_ASIDE, ids=quiet, staff_id=staff_id)


def _introduction(guide: user.Staff, member_id: UUID, conversation_id: UUID) -> Draft:
    return Draft(
        member_id=member_id,
        conversation_id=conversation_id,
        client_id=uuid7(),
        sender=NOBODY,
        kind=SYSTEM,
        body=notice(
            {
                "en": f"{guide.name['en']} is your shop guide and reads what you write here.",
                "zh": f"{guide.name['zh']}是您的专属导购，您在这里的留言TA都会看到。",
            }
        ),
    )


OTHERS = """
select member_id, id, staff_id, last_seq > staff_read_seq from conversation
 where member_id = any(%(ids)s) and kind = 'guide' and staff_id <> %(staff_id)s order by member_id
"""
HAND_OVER = """
update conversation set staff_id = %(staff_id)s, store_id = %(store_id)s
 where member_id = any(%(ids)s) and kind = 'guide' and staff_id <> %(staff_id)s
returning member_id
"""
PUT_ASIDE = """
update conversation set staff_read_seq = last_seq
 where member_id = any(%(ids)s) and kind = 'guide' and staff_id = %(staff_id)s and staff_read_seq = last_seq - 1
returning id
"""
