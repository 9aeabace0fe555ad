"""The rules of the pairs."""

from collections import Counter

import pytest

from tests.games.stepping import Walk

PLAY = 'state.phase === "play"'


def ready(difficulty: str = "normal", seed: str = "ab" * 16, **config: int) -> Walk:
    """A round whose first board has been shown and turned."""
    walk = Walk("memory", seed, difficulty=difficulty, **config)
    walk.until(PLAY)
    return walk


def pair_of(walk: Walk) -> tuple[int, int]:
    """Two cards that belong together and still lie face down."""
    state = walk.state
    down = [card for card, face in enumerate(state["faces"]) if face == 0]
    return next((a, b) for a in down for b in down if a < b and state["cards"][a] == state["cards"][b])


def other_of(walk: Walk) -> tuple[int, int]:
    """Two that do not."""
    cards = walk.state["cards"]
    down = [card for card, face in enumerate(walk.state["faces"]) if face == 0]
    return next((a, b) for a in down for b in down if cards[a] != cards[b])


def turn(walk: Walk, cards: tuple[int, int]) -> None:
    for card in cards:
        walk.step(("flip", card))
        walk.wait(3)


def clear_board(walk: Walk) -> None:
    board = walk.state["board"]
    while walk.state["board"] == board and walk.state["phase"] != "clear":
        turn(walk, pair_of(walk))
        if walk.state["phase"] == "swap":
            walk.until(PLAY)


@pytest.mark.parametrize(("difficulty", "cards"), [("easy", 12), ("normal", 12), ("hard", 16)])
def test_every_card_has_exactly_one_partner(difficulty: str, cards: int) -> None:
    for seed in range(10):
        board = Walk("memory", f"{seed:032x}", difficulty=difficulty).state["cards"]
        assert len(board) == cards
        assert set(Counter(board).values()) == {2}


def test_hard_deals_things_that_are_taken_for_each_other() -> None:
    kinds = {kind // 3 for kind in Walk("memory", difficulty="hard").state["cards"]}
    assert len(kinds) == 5, "eight kinds of five goods"
    kinds = {kind // 3 for kind in Walk("memory", difficulty="easy").state["cards"]}
    assert len(kinds) == 6


def test_cards_are_dealt_shown_and_turned_before_anything_counts() -> None:
    walk = Walk("memory")
    walk.step(("flip", 0))
    assert walk.until('state.phase === "show"')["tick"] == 35
    assert set(walk.state["faces"]) == {1}
    walk.step(("flip", 0))
    state = walk.until(PLAY)
    assert set(state["faces"]) == {0}
    assert "flip" not in walk.news


def test_pairs_in_a_row_count_more() -> None:
    walk = ready("easy")
    gained, before = [], 0
    for _ in range(4):
        turn(walk, pair_of(walk))
        gained.append(walk.state["points"] - before)
        before = walk.state["points"]
    assert gained == [100, 140, 180, 220]


def test_a_wrong_pair_costs_a_try_and_the_streak_and_closes_after_a_moment() -> None:
    walk = ready("easy")
    turn(walk, pair_of(walk))
    turn(walk, other_of(walk))
    state = walk.state
    assert (state["tries"], state["streak"]) == (11, 0)
    assert state["faces"].count(1) == 2
    walk.wait(50)
    assert walk.state["faces"].count(1) == 0


def test_whoever_is_quick_need_not_wait() -> None:
    walk = ready("easy")
    wrong = other_of(walk)
    turn(walk, wrong)
    third = next(card for card in range(12) if card not in wrong)
    state = walk.step(("flip", third))
    assert state["open"] == [third]
    assert state["faces"].count(1) == 1


@pytest.mark.parametrize("card", [19, 12])
def test_a_card_that_is_not_there_is_not_turned(card: int) -> None:
    assert ready("easy").step(("flip", card))["open"] == []


def test_the_same_card_twice_is_no_pair() -> None:
    walk = ready()
    walk.step(("flip", 0), ("flip", 0))
    assert walk.state["open"] == [0]
    assert walk.state["tries"] == 10


def test_without_tries_it_is_over() -> None:
    walk = ready("hard")
    for _ in range(8):
        turn(walk, other_of(walk))
        walk.wait(50)
    assert walk.state["over"]
    assert walk.news[-1] == "out"


def test_a_cleared_board_brings_the_next_larger_one() -> None:
    walk = ready("normal")
    turn(walk, other_of(walk))
    walk.wait(50)
    clear_board(walk)
    state = walk.state
    pairs = sum(100 + 40 * n for n in range(6))
    assert state["points"] == pairs + 150 + 20 * 9
    assert state["tries"] == 10, "one that was lost came back"
    state = walk.until("state.board === 2")
    assert len(state["cards"]) == 16


def test_the_wind_swaps_two_closed_cards_and_nothing_else() -> None:
    walk = ready("hard")
    for _ in range(2):
        turn(walk, pair_of(walk))
    first, second = pair_of(walk)
    walk.step(("flip", first))
    before = walk.state["cards"]
    state = walk.step(("flip", second))
    assert state["phase"] == "swap"
    one, other = state["swapped"]
    assert one != other
    assert state["faces"][one] == state["faces"][other] == 0
    before[one], before[other] = before[other], before[one]
    assert state["cards"] == before
    assert walk.step(("flip", one))["open"] == [], "nobody turns a card in the wind"


def test_easy_has_no_wind() -> None:
    walk = ready("easy")
    clear_board(walk)
    assert "gust" not in walk.news


@pytest.mark.parametrize("seconds", [30, 60])
def test_the_round_ends_with_the_time(seconds: int) -> None:
    assert Walk("memory", seconds=seconds).until("rules.over(state)")["tick"] == seconds * 60


def turn_each(walk: Walk, waits: list[int]) -> list[str]:
    """One pair after the other, on as many boards as it takes, each card after its turn of ``waits``; the flags."""
    turned = 0
    for _ in range(10):
        cards = pair_of(walk)
        for card in cards:
            walk.wait(waits[turned % len(waits)])
            walk.step(("flip", card))
            turned += 1
        walk.until(PLAY)
    return list(walk.state["flags"])


@pytest.mark.parametrize(("waits", "flags"), [([29], ["inhuman_regularity"]), ([29, 34, 31, 39], [])])
@pytest.mark.parametrize("difficulty", ["easy", "hard"])
def test_turning_on_an_exact_beat_is_flagged(waits: list[int], flags: list[str], difficulty: str) -> None:
    """Wind and a new board come in between, and what one waits for them is no gap."""
    assert turn_each(ready(difficulty), waits) == flags


def test_who_waits_for_wrong_pairs_to_close_is_no_machine_for_that() -> None:
    """That they do so at the same moment is the game's doing; what they do between is theirs."""
    walk = ready("easy")
    walk.arrange("state.tries = 99;")
    for wait in [24, 31, 27, 38, 29, 25, 33] * 2:
        for card in other_of(walk):
            walk.step(("flip", card))
            walk.wait(wait)
        walk.until("state.open.length === 0")
    assert walk.state["flags"] == []


def test_an_exact_beat_shows_though_pairs_are_wrong() -> None:
    walk = ready("easy")
    walk.arrange("state.tries = 99;")
    for _ in range(13):
        walk.until("state.open.length === 0")
        walk.wait(40)
        for card in other_of(walk):
            walk.step(("flip", card))
            walk.wait(19)
    assert walk.state["flags"] == ["inhuman_regularity"]
