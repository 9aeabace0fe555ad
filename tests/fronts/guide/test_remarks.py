"""Tags and notes: one tap, and one more to undo it."""

from center_core import member
from center_core.kit import Database
from scrm.engagement import note

from .conftest import Floor, Phone


def tags_of(database: Database, floor: Floor) -> list[str]:
    with database.transaction() as db:
        return member.tags(db, floor.member.member_id)


def notes_of(database: Database, floor: Floor) -> list[note.Note]:
    with database.transaction() as db:
        return list(note.notes_of(db, floor.member.member_id))


def test_a_tag_is_added_removed_and_put_back(phone: Phone, floor: Floor, database: Database) -> None:
    address = f"/members/{floor.member.member_id}/tags"
    assert "likes red" in phone.post(address, script=True, tag=" likes  red ").text
    assert tags_of(database, floor) == ["likes red"]
    removed = phone.post(f"{address}/removal", script=True, tag="likes red").text
    assert "“likes red” removed" in removed
    assert "Undo" in removed
    assert tags_of(database, floor) == []
    phone.post(address, script=True, tag="likes red")
    assert tags_of(database, floor) == ["likes red"]


def test_without_script_the_page_comes_back(phone: Phone, floor: Floor) -> None:
    answer = phone.post(f"/members/{floor.member.member_id}/tags", tag="vip")
    assert answer.headers["Location"].endswith(f"{floor.member.member_id}#tags")


def test_a_tag_without_words_is_refused_where_it_was_typed(
    phone: Phone, floor: Floor, database: Database
) -> None:
    for tag in ("  ", "x" * 31):
        refused = phone.post(f"/members/{floor.member.member_id}/tags", script=True, tag=tag)
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert tags_of(database, floor) == []


def test_a_note_is_kept_taken_back_and_written_again(phone: Phone, floor: Floor, database: Database) -> None:
    address = f"/members/{floor.member.member_id}/notes"
    assert (
        "Wears M, gift for her mother"
        in phone.post(address, script=True, text="Wears M, gift for her mother").text
    )
    (kept,) = notes_of(database, floor)
    removed = phone.post(f"{address}/{kept.id}/removal", script=True).text
    assert "Note removed" in removed
    assert 'value="Wears M, gift for her mother"' in removed
    assert notes_of(database, floor) == []


def test_a_note_belongs_to_who_wrote_it(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        written = note.write(
            db, member_id=floor.member.member_id, staff_id=floor.manager.id, text="From me", now=floor.at
        )
    page = phone.get(f"/members/{floor.member.member_id}").text
    assert "From me" in page
    assert f"{written.id}/removal" not in page
    address = f"/members/{floor.member.member_id}/notes/{written.id}/removal"
    assert phone.post(address).status_code == 404
    assert len(notes_of(database, floor)) == 1


def test_too_long_a_note_stays_in_its_field(phone: Phone, floor: Floor, database: Database) -> None:
    text = "long " * 101
    refused = phone.post(f"/members/{floor.member.member_id}/notes", script=True, text=text)
    assert refused.status_code == 422
    assert "at most 500 characters" in refused.text
    assert text.strip() in refused.text
    assert notes_of(database, floor) == []
