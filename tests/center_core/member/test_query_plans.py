"""What each page asks for costs one indexed statement (two by directory), however many members there are."""

import pytest
from sqlalchemy import event, text

from center_core import member
from center_core.kit import Session
from tests import make


@pytest.fixture
def crowded(db: Session) -> member.Member:
    """A member among 2,000, so that the planner has a reason to use an index."""
    store = make.store(db)
    row = make.member(db, store=store, guide=make.guide(db, store), points=10)
    db.execute(
        text("""
        insert into member (member_id, kind, name, name_pinyin, card_secret, joined_at, locale, status)
        select gen_random_uuid(), 'person', '', '', '', now(), 'zh', 'active' from generate_series(1, 2000)
    """)
    )
    db.execute(
        text("""
        insert into identity select 'phone', member_id::text, member_id from member where number is null
    """)
    )
    db.execute(
        text("insert into points_balance (member_id) select member_id from member where number is null")
    )
    db.execute(
        text("""
        insert into points_posting (member_id, id, kind, available_change, pending_change, lot_id, source_kind,
                                    source_id, at)
        select member_id, member_id, 'earn', 5, 0, member_id, 'gift', member_id, now()
          from member where number is null
    """)
    )
    db.execute(
        text("""
        insert into binding select member_id, gen_random_uuid(), staff_id, store_id, now(), null, ''
          from member, (select staff_id, store_id from binding limit 1) b where number is null
    """)
    )
    db.execute(text("analyze member, identity, points_balance, points_posting, binding"))
    return row


def found(db: Session, q: str) -> member.Member | None:
    """The first whom somebody at headquarters finds in the whole brand."""
    return next(iter(member.search(db, q=q).rows), None)


ASKED = {
    "by_identity": (lambda db, row: member.by_identity(db, kind="phone", value=row.phone), 2),
    "by_card": (lambda db, row: member.by_card(db, row.number), 2),
    "guide_of": (lambda db, row: member.guide_of(db, row.member_id), 1),
    "balance": (lambda db, row: member.balance(db, row.member_id), 1),
    "member": (lambda db, row: member.member(db, row.member_id), 1),
    "growth": (lambda db, row: member.growth(db, row.member_id, make.NOW), 1),
    "search by card": (lambda db, row: found(db, row.number), 1),
    "search by phone": (lambda db, row: found(db, row.phone), 1),
}


def test_hot_questions_are_indexed_statements(db: Session, crowded: member.Member) -> None:
    connection = db.connection()
    seen: list[tuple[str, object]] = []

    def note(_c, _cursor, statement, parameters, *_rest) -> None:
        seen.append((statement, parameters))

    event.listen(connection.engine, "before_cursor_execute", note)
    for name, (ask, statements) in ASKED.items():
        db.expunge_all()
        seen.clear()
        assert ask(db, crowded) is not None
        assert len(seen) == statements, name
        for statement, parameters in seen:
            with connection.connection.cursor() as cursor:
                plan = "\n".join(line for (line,) in cursor.execute("explain " + statement, parameters))
            assert "Index" in plan, name
            assert "Seq Scan" not in plan, name
    event.remove(connection.engine, "before_cursor_execute", note)
