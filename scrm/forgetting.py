"""Forgetting a member where the application itself keeps what was said of them: events, answers, text messages.

The centres and engagement forget what is theirs; what is here belongs to none of them.
"""

from datetime import datetime, timedelta

from sqlalchemy import text

from center_core.kit import Event, Handler, Session
from center_core.member import MemberErased

KEEP_MESSAGES = timedelta(days=1)

# Given up on, or not yet delivered: they will not come to be blanked as those do that everybody has reacted to.
BLANK_EVENTS = text(
    "update outbox set body = '{}', done_at = :now, parked_at = null, error = null "
    "where done_at is null and name = any(:private) and name <> :own "
    "and (position(:member in body::text) > 0 or body ->> 'phone' = :phone)"
)
# The answer stays, and an integrator's retry is still answered without joining anybody once more.
BLANK_ANSWERS = text(
    "update idempotent_request set answer = convert_to("
    '(convert_from(answer, \'UTF8\')::jsonb || \'{"name": "", "phone_tail": ""}\')::text, \'UTF8\') '
    "where content_type like 'application/json%' and position(convert_to(:member, 'UTF8') in answer) > 0 "
    "and position(convert_to('\"phone_tail\"', 'UTF8') in answer) > 0"
)
FORGET_PHONE = text("delete from sms_inbox where phone = :phone")
FORGET_MESSAGES = text(
    "delete from sms_inbox where id in (select id from sms_inbox where at < :before limit :limit)"
)


def forget_events(db: Session, event: MemberErased, *, now: datetime) -> None:
    """What private events still say of the member; who else is told of in one of them finds it where it is kept."""
    values = {"private": Event.private_kinds(), "own": MemberErased.__name__, "now": now}
    db.execute(BLANK_EVENTS, {**values, "member": str(event.member_id), "phone": event.phone})


def forget_answers(db: Session, event: MemberErased, *, now: datetime) -> None:
    """The member's card in the stored answers of tills names nobody any more."""
    db.execute(BLANK_ANSWERS, {"member": str(event.member_id)})


def forget_phone(db: Session, event: MemberErased, *, now: datetime) -> None:
    """What the demo's inbox received for the member's phone."""
    db.execute(FORGET_PHONE, {"phone": event.phone})


def forget_messages(db: Session, *, now: datetime, limit: int) -> int:
    """Forget up to ``limit`` messages of the demo's inbox that are older than a day; returns how many."""
    values = {"before": now - KEEP_MESSAGES, "limit": limit}
    return db.execute(FORGET_MESSAGES, values).rowcount  # type: ignore[attr-defined,no-any-return]


WHEN: dict[type[Event], tuple[Handler, ...]] = {
    MemberErased: (forget_events, forget_answers, forget_phone),
}
