"""The bytes of a recording: exact both ways, and strict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games import Event, Impossible, Log, decode, encode

ACTIONS = {"tap": (), "aim": ((-1000, 1000), (0, 100_000)), "turn": ((-1, 1),)}
MAX_TICKS = 4000


def read(packed: bytes) -> Log:
    return decode(packed, ACTIONS, max_ticks=MAX_TICKS, max_bytes=10_000)


@st.composite
def logs(draw: st.DrawFn) -> Log:
    ticks = draw(st.integers(1, MAX_TICKS))
    moments = sorted(draw(st.sets(st.integers(0, ticks - 1), max_size=60)))
    events = []
    for tick in moments:
        action = draw(st.sampled_from(list(ACTIONS)))
        events.append(Event(tick, action, tuple(draw(st.integers(*bounds)) for bounds in ACTIONS[action])))
    return Log(ticks, tuple(events))


@given(logs())
def test_what_was_written_is_read(log: Log) -> None:
    assert read(encode(log, ACTIONS)) == log


@given(logs(), st.data())
def test_a_cut_anywhere_is_seen(log: Log, data: st.DataObject) -> None:
    packed = encode(log, ACTIONS)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(Impossible) as refused:
        read(packed[:cut])
    assert refused.value.key == "round_inputs_truncated"


@given(st.binary(max_size=200))
def test_what_can_be_read_has_one_form_only(packed: bytes) -> None:
    try:
        log = read(packed)
    except Impossible:
        return
    assert encode(log, ACTIONS) == packed


@pytest.mark.parametrize(
    ("packed", "key"),
    [
        (b"", "round_inputs_truncated"),
        (b"\x02\x0a\x00", "round_inputs_junk"),  # another version
        (b"\x01\x0a\x00\x00", "round_inputs_junk"),  # something behind the end
        (b"\x01\x8a\x00\x00", "round_inputs_junk"),  # ten, written longer than needed
        (b"\x01\xff\xff\xff\xff\xff\xff\x01\x00", "round_inputs_junk"),  # a number without end
        (b"\x01\x0a\x01\x02\x07", "round_inputs_junk"),  # no such action
        (b"\x01\x0a\x01\x02\x02\x08", "round_inputs_junk"),  # a value out of its bounds
        (b"\x01\x0a\x01\x0a\x00", "round_inputs_after_end"),
        (b"\x01\x0a\x09" + b"\x00\x00" * 9, "round_inputs_junk"),  # nine fingers at once
        (b"\x01\xa1\x1f\x00", "round_too_long"),
        (b"\x01" * 10_001, "round_inputs_too_large"),
    ],
)
def test_refusals(packed: bytes, key: str) -> None:
    with pytest.raises(Impossible) as refused:
        read(packed)
    assert refused.value.key == key
