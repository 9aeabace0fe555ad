"""What must hold in every conversation, for `scrm doctor`: messages are numbered without gaps."""

from collections.abc import Iterator

from sqlalchemy import text

from center_core.kit import Finding, Session

# Run at a quiet hour: all messages are counted.
UNNUMBERED = text(
    "select c.id, c.last_seq, count(m.seq) as messages, coalesce(max(m.seq), 0) as newest "
    "from conversation c left join message m on m.member_id = c.member_id and m.conversation_id = c.id "
    "group by c.member_id, c.id, c.last_seq "
    "having count(m.seq) <> c.last_seq or coalesce(max(m.seq), 0) <> c.last_seq"
)
READ_AHEAD = text(
    "select id, last_seq, greatest(member_read_seq, staff_read_seq) as read from conversation "
    "where greatest(member_read_seq, staff_read_seq) > last_seq"
)


def check(db: Session) -> Iterator[Finding]:
    """Each number from 1 to the newest is one message, and nobody has read what was not written."""
    for row in db.execute(UNNUMBERED):
        detail = f"the newest is number {row.last_seq}, there are {row.messages} up to {row.newest}"
        yield Finding("conversation.unnumbered", str(row.id), detail)
    for row in db.execute(READ_AHEAD):
        detail = f"read up to {row.read}, written up to {row.last_seq}"
        yield Finding("conversation.read_ahead", str(row.id), detail)
