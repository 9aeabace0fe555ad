"""What may stand in a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_core.kit import Refused
from scrm.engagement.conversation import MAX_TEXT, preview, written


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Hello", "Hello"),
        ("  two\nlines\t ", "two\nlines"),
        ("a\x00b\x1bc", "abc"),
        ("right\u202eleft", "rightleft"),
        ("羽绒服🧥", "羽绒服🧥"),
        ("broken \ud800 half", "broken  half"),
    ],
)
def test_a_text_is_kept_as_it_was_written_without_what_does_not_print(said: str, kept: str) -> None:
    assert written(said) == {"text": kept}


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\x00\u200b\ufeff"])
def test_nothing_is_no_message(nothing: str) -> None:
    with pytest.raises(Refused) as refused:
        written(nothing)
    assert refused.value.key == "message_empty"


def test_a_text_has_its_limit() -> None:
    assert written("雪" * MAX_TEXT)["text"] == "雪" * MAX_TEXT
    with pytest.raises(Refused) as refused:
        written("雪" * (MAX_TEXT + 1))
    assert refused.value.reasons == {"limit": MAX_TEXT, "length": MAX_TEXT + 1}


@given(st.text(min_size=1, max_size=200))
def test_whatever_is_kept_can_be_stored_and_kept_again(said: str) -> None:
    try:
        kept = written(said)["text"]
    except Refused:
        return
    kept.encode()
    assert "\x00" not in kept
    assert written(kept)["text"] == kept


def test_only_texts_have_a_preview() -> None:
    assert preview("text", {"text": "x" * 500}) == "x" * 80
    assert preview("coupon", {"name": {"en": "Fifty off"}}) is None
