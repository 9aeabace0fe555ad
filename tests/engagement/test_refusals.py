"""What guides and marketers are refused, by its key."""

from datetime import datetime

import pytest

from center_core.kit import Fault, Session, uuid7
from scrm.engagement import feed, insight, note
from tests import make


@pytest.mark.parametrize(
    ("written", "key"), [("", "note_empty"), (" \n\0 ", "note_empty"), ("x" * 501, "note_too_long")]
)
def test_a_note_that_is_none(db: Session, now: datetime, written: str, key: str) -> None:
    with pytest.raises(Fault, match=key):
        note.write(db, member_id=uuid7(), staff_id=uuid7(), text=written, now=now)


def test_only_ones_own_note_is_taken_back(db: Session, now: datetime) -> None:
    who, guide, other = make.member(db), make.guide(db, make.store(db)), make.guide(db, make.store(db))
    kept = note.write(db, member_id=who.member_id, staff_id=guide.id, text="Wears M", now=now)
    for note_id, staff_id in ((uuid7(), guide.id), (kept.id, other.id)):
        with pytest.raises(Fault, match="note_unknown"):
            note.take_back(db, member_id=who.member_id, note_id=note_id, staff_id=staff_id)


def test_only_lines_of_ones_own_feed_are_finished(db: Session, now: datetime) -> None:
    guide = make.guide(db, make.store(db))
    feed.add(db, [feed.Line(guide.id, feed.JOIN, make.member(db).member_id, {})], now=now)
    (line,) = feed.of_staff(db, staff_ids=[guide.id]).rows
    for staff_id, line_id in ((uuid7(), line.id), (guide.id, uuid7())):
        with pytest.raises(Fault, match="feed_line_unknown"):
            feed.finish(db, staff_id=staff_id, line_id=line_id, now=now)
        with pytest.raises(Fault, match="feed_line_unknown"):
            feed.reopen(db, staff_id=staff_id, line_id=line_id)


def test_twenty_views_of_a_list_are_enough(db: Session, now: datetime) -> None:
    staff = make.staff(db, password=None)

    def save(name: str) -> None:
        insight.save_view(db, staff_id=staff.id, list_name="members", name=name, query="", now=now)

    for number in range(20):
        save(f"view {number}")
    with pytest.raises(Fault, match="too_many_views"):
        save("one more")
    save("view 7")
