"""The same over HTTP: what a phone says of itself counts for nothing, and an honest one loses nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

import games
from games.players import Performance, perform
from games.referee import SLOW_MOTION
from scrm.fronts.identity import member_token
from tests import make
from tests.fronts.club.skill_phone import Phone, answered, refusal

from ..arcade import Hall
from .kit import EVERY_SKILL, honest

_address = count(1)
Phones = Callable[[games.Game], Phone]


@pytest.fixture
def phones(hall: Hall) -> Phones:
    """``phones(game)``: a phone of a new member, at an address of its own, in the campaign of that game."""

    def pick_up(game: games.Game) -> Phone:
        with hall.database.transaction() as db:
            member_id = make.member(db).member_id
        with hall.app.app_context():
            token = member_token(member_id)
        client = hall.app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"10.1.0.{next(_address)}"
        return Phone(client, hall.campaigns[game.slug].slug, token, member_id)

    return pick_up


def play(given: dict[str, Any], game: games.Game, player: str = "beginner") -> Performance:
    """An honest round on the track that the server gave."""
    return perform(game, player, seed=given["seed"], luck=3, config=given["config"])


@contextmanager
def no_time_passes(hall: Hall) -> Iterator[None]:
    passing, hall.round_time = hall.round_time, timedelta(seconds=2)
    yield
    hall.round_time = passing


@EVERY_SKILL
def test_there_is_no_score_to_send(game: games.Game, phones: Phones) -> None:
    phone = phones(game)
    given = phone.start()
    played = play(given, game)
    boast = {"score": 1, "value": 99_999, "tie": 99_999, "flags": [], "ticks": 1, "seed": "0" * 32}
    answer = answered(phone.hand_in(given["round"], played.inputs, **boast))
    assert answer["score"] == {"value": played.value, "tie": played.tie}


@EVERY_SKILL
def test_a_recording_of_another_round_is_worth_little(game: games.Game, phones: Phones) -> None:
    phone = phones(game)
    given = phone.start()
    borrowed = honest(game.slug, 3)
    answer = phone.hand_in(given["round"], borrowed.inputs)
    if answer.status_code == 200:
        assert answered(answer)["score"] != {"value": borrowed.value, "tie": borrowed.tie}
    else:
        assert refusal(answer)[1] in {"round_inputs_after_end", "round_inputs_truncated"}


@EVERY_SKILL
def test_one_round_has_one_result(game: games.Game, phones: Phones) -> None:
    """An honest phone may repeat itself as often as it does not hear us; a second thought is refused."""
    phone = phones(game)
    given = phone.start("start")
    assert phone.start("start") == given, "the answer was lost, and asked for again"
    played = play(given, game)
    first = answered(phone.hand_in(given["round"], played.inputs, "result"))
    again = phone.hand_in(given["round"], played.inputs, "result")
    assert (again.json, again.headers["Idempotent-Replayed"]) == (first, "true")
    reopened = answered(phone.hand_in(given["round"], played.inputs))
    assert reopened["score"] == first["score"]
    better = play(given, game, "expert")
    assert refusal(phone.hand_in(given["round"], better.inputs)) == (409, "round_over")


@EVERY_SKILL
def test_time_is_ours(game: games.Game, phones: Phones, hall: Hall) -> None:
    """Too soon, too late, and what a phone says about its own clock."""
    phone = phones(game)
    with no_time_passes(hall):
        given = phone.start()
        soon = phone.hand_in(given["round"], play(given, game).inputs)
    assert refusal(soon) == (409, "round_too_fast")
    given = phone.start()
    hall.ahead += game.patience
    late = phone.hand_in(given["round"], play(given, game).inputs)
    assert refusal(late) == (409, "round_expired")


@EVERY_SKILL
def test_an_honest_phone_that_was_away_loses_nothing(game: games.Game, phones: Phones, hall: Hall) -> None:
    """A call came in between; the result arrives minutes after it was played."""
    phone = phones(game)
    given = phone.start()
    played = play(given, game)
    hall.ahead += timedelta(minutes=3)
    answer = answered(phone.hand_in(given["round"], played.inputs, idle=timedelta(minutes=3)))
    assert answer["score"] == {"value": played.value, "tie": played.tie}
    assert answer["flags"] == []
    assert answer["is_best"]


@EVERY_SKILL
def test_slow_motion_earns_nothing(game: games.Game, phones: Phones, hall: Hall) -> None:
    phone = phones(game)
    given = phone.start()
    hall.ahead += timedelta(minutes=4)
    answer = answered(phone.hand_in(given["round"], play(given, game).inputs, idle=timedelta()))
    assert (answer["flags"], answer["rank"], answer["is_best"]) == ([SLOW_MOTION], None, False)
