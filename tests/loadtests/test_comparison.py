"""The comparison finds each kind of contradiction in a small book, and nothing in a true one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loadtests import book
from loadtests.book import (
    Attempt,
    Entry,
    MessageAsked,
    MessagesRead,
    MessageTold,
    OrderAsked,
    OrderTold,
    Phase,
    PlayAsked,
    PlayTold,
)
from loadtests.comparison import MessageRow, OrderRow, PlayRow, Stored, differences

PROMISED = {1: 2}


def a_book() -> list[Entry]:
    """Three plays (one of them never answered), two messages, one order."""
    return [
        PlayAsked("m1", "k1"),
        PlayTold("m1", "k1", "p1", 1, 1, 1, "p1"),
        PlayTold("m1", "k1", "p1", 1, 1, 1, "p1"),
        PlayAsked("m2", "k2"),
        PlayTold("m2", "k2", "p2", 3, None, 1, None),
        PlayAsked("m2", "k3"),
        MessageAsked("c", "a", "hello"),
        MessageTold("c", "a", 1),
        MessageAsked("c", "b", "你好"),
        MessagesRead("c", "staff", 0, 2, []),
        OrderAsked("L-1", "m1"),
        OrderTold("L-1", "m1", 9900),
    ]


def a_database() -> Stored:
    """What that book should have left; the play and the message without an answer were stored."""
    return Stored(
        plays={
            ("m1", "k1"): PlayRow("p1", 1, 1, 1, "gift", 1, 1, 0),
            ("m2", "k2"): PlayRow("p2", 3, None, 1, "points", 1, 0, 1),
            ("m2", "k3"): PlayRow("p3", 4, None, 2, "none", 0, 0, 0),
        },
        messages={("c", "a"): MessageRow(1, "hello"), ("c", "b"): MessageRow(2, "你好")},
        last_seqs={"c": 2},
        orders={"L-1": [OrderRow("m1", 9900)]},
    )


def test_a_true_book_has_no_differences() -> None:
    assert differences(a_book(), a_database(), PROMISED) == []


def _lose_play(stored: Stored) -> None:
    del stored.plays["m1", "k1"]


def _change_prize(stored: Stored) -> None:
    stored.plays["m1", "k1"] = stored.plays["m1", "k1"]._replace(
        prize_no=4, unit_no=None, kind="none", awards=0, coupons=0
    )


def _invent_play(stored: Stored) -> None:
    stored.plays["m9", "k9"] = PlayRow("p9", 4, None, 1, "none", 0, 0, 0)


def _oversell(stored: Stored) -> None:
    for n in (2, 3):
        stored.plays["m2", f"k{n}"] = PlayRow(f"p{n}", 1, n, n - 1, "gift", 1, 1, 0)


def _give_unit_twice(stored: Stored) -> None:
    stored.plays["m2", "k3"] = PlayRow("p3", 1, 1, 2, "gift", 1, 1, 0)


def _withhold_coupon(stored: Stored) -> None:
    stored.plays["m1", "k1"] = stored.plays["m1", "k1"]._replace(coupons=0)


def _double_points(stored: Stored) -> None:
    stored.plays["m2", "k2"] = stored.plays["m2", "k2"]._replace(postings=2)


def _lose_message(stored: Stored) -> None:
    del stored.messages["c", "a"]


def _renumber_message(stored: Stored) -> None:
    stored.messages["c", "a"] = MessageRow(3, "hello")


def _garble_message(stored: Stored) -> None:
    stored.messages["c", "a"] = MessageRow(1, "hell")


def _invent_message(stored: Stored) -> None:
    stored.messages["c", "z"] = MessageRow(3, "who said that?")
    stored.last_seqs["c"] = 3


def _lose_order(stored: Stored) -> None:
    stored.orders.clear()


def _double_order(stored: Stored) -> None:
    stored.orders["L-1"] *= 2


def _change_order(stored: Stored) -> None:
    stored.orders["L-1"] = [OrderRow("m1", 9800)]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_lose_play, "is lost"),
        (_change_prize, "is stored as"),
        (_invent_play, "nobody asked for it"),
        (_oversell, "prize 1 is oversold: 3 won of 2"),
        (_give_unit_twice, "unit 1 of prize 1 was won 2 times"),
        (_withhold_coupon, "(1, 0, 0), not (1, 1, 0)"),
        (_double_points, "(1, 0, 2), not (1, 0, 1)"),
        (_lose_message, "message 1 of c was acknowledged and is lost"),
        (_renumber_message, "not numbered 1 to 2"),
        (_garble_message, "message 1 of c is stored as"),
        (_invent_message, "nobody sent it"),
        (_lose_order, "order L-1 over 9900 fen was acknowledged"),
        (_double_order, "order L-1 is stored 2 times"),
        (_change_order, "order L-1 over 9900 fen was acknowledged"),
    ],
)
def test_each_harm_is_found(harm: Callable[[Stored], None], said: str) -> None:
    stored = a_database()
    harm(stored)
    found = differences(a_book(), stored, PROMISED)
    assert any(said in one for one in found), found


def test_an_answer_that_changed_between_two_tries_is_found() -> None:
    entries = [*a_book(), PlayTold("m1", "k1", "p1", 3, None, 1, None)]
    assert len(differences(entries, a_database(), PROMISED)) == 1


def test_a_phone_that_misses_a_message_is_found() -> None:
    entries = [*a_book(), MessagesRead("c", "member", 0, 2, [1])]
    assert differences(entries, a_database(), PROMISED) == ["the member's phone in c misses [1]"]


def test_a_book_reads_as_it_was_written(tmp_path: Path) -> None:
    entries = [Phase("peak", 1.5), Attempt("play", 2.5, 3.25, 0, False), *a_book()]
    written = book.Book(tmp_path / "book.jsonl")
    for entry in entries:
        written.write(entry)
    written.close()
    assert book.read(tmp_path / "book.jsonl") == entries
