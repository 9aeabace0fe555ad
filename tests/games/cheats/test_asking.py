"""Games that ask, attacked over HTTP: whoever looks ahead, answers twice, late or for others gains nothing by it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from werkzeug.test import TestResponse

import games
from games.asked import FLAG, GRACE, Posed, limit, posed
from games.contestants import CONTESTANTS, quiz
from games.regularity import FLAG as REGULARITY
from scrm.fronts.identity import member_token
from tests import make
from tests.fronts.club.skill_phone import Phone, answered, refusal, stored

from ..arcade import Hall

EVERY_ASKED = pytest.mark.parametrize(
    "game", [game for game in games.discover().values() if game.asking], ids=lambda game: game.slug
)
_address = count(1)


class Sitting:
    """A member in a round. ``drawn`` are its questions, which only the server and this test know."""

    def __init__(self, hall: Hall, game: games.Game, phone: Phone) -> None:
        self.hall, self.game, self.phone = hall, game, phone
        self.round: str = phone.start()["round"]
        it = stored(hall.database, self.round)
        self.seed = it.seed
        self.drawn: tuple[Posed, ...] = posed(game, {}, it.seed)

    def ask(self, no: int) -> TestResponse:
        return self.phone.post(f"/{self.round}/questions/{no}")

    def answer(
        self, no: int, choice: int | None, *, after: timedelta = timedelta(seconds=3), **boast: object
    ) -> TestResponse:
        self.hall.ahead += after
        return self.phone.post(f"/{self.round}/questions/{no}/answer", {"choice": choice, **boast})

    def right(self, no: int) -> int:
        return self.drawn[no - 1].right

    def finish(self, **boast: object) -> TestResponse:
        return self.phone.hand_in(self.round, b"", **boast)


Sit = Callable[[games.Game], Sitting]


@pytest.fixture
def sit(hall: Hall) -> Sit:
    """``sit(game)``: a new member who has begun a round."""

    def begin(game: games.Game) -> Sitting:
        with hall.database.transaction() as db:
            member_id = make.member(db).member_id
        with hall.app.app_context():
            token = member_token(member_id)
        client = hall.app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"10.2.0.{next(_address)}"
        return Sitting(hall, game, Phone(client, hall.campaigns[game.slug].slug, token, member_id))

    return begin


@EVERY_ASKED
@pytest.mark.parametrize("player", CONTESTANTS)
def test_people_are_believed(game: games.Game, player: str, sit: Sit) -> None:
    """What the scripted players make by the pure rules, the server makes of their answers, and suspects nobody."""
    sitting = sit(game)
    played = quiz(game, player, seed=sitting.seed, luck=5)
    for no, (choice, answer) in enumerate(zip(played.choices, played.answers, strict=True), 1):
        answered(sitting.ask(no))
        judged = answered(sitting.answer(no, choice, after=answer.took))
        # Our own calls take a few hundredths of a second as well.
        assert abs(judged["points"] - answer.points) <= 5
    result = answered(sitting.finish())
    assert abs(result["score"]["value"] - played.score.value) <= 5 * len(played.answers)
    assert (result["flags"], result["is_best"]) == ([], True)


@EVERY_ASKED
def test_whoever_asks_twice_has_no_more_time(game: games.Game, sit: Sit, hall: Hall) -> None:
    sitting = sit(game)
    first = answered(sitting.ask(1))
    hall.ahead += timedelta(seconds=5)
    again = answered(sitting.ask(1))
    assert (again["question"], again["options"]) == (first["question"], first["options"])
    assert again["left_ms"] <= first["left_ms"] - 5000


@EVERY_ASKED
def test_a_late_answer_is_none_whatever_the_phone_says_of_its_clock(game: games.Game, sit: Sit) -> None:
    sitting = sit(game)
    answered(sitting.ask(1))
    late = limit(game, {}) + GRACE + timedelta(seconds=1)
    judged = answered(sitting.answer(1, sitting.right(1), after=late, took_ms=900, left_ms=9000, points=200))
    assert (judged["choice"], judged["points"], judged["score"]) == (None, 0, 0)


@EVERY_ASKED
def test_there_is_no_second_thought(game: games.Game, sit: Sit) -> None:
    """Who has heard the right answer may not give it; nor is the question put again with a fresh clock."""
    sitting = sit(game)
    answered(sitting.ask(1))
    told = answered(sitting.answer(1, (sitting.right(1) + 1) % 4))
    assert refusal(sitting.answer(1, told["right"])) == (409, "question_answered")
    assert refusal(sitting.ask(1)) == (409, "question_unknown")
    assert answered(sitting.ask(2))["score"] == 0


@EVERY_ASKED
def test_nobody_looks_ahead_or_leaves_out(game: games.Game, sit: Sit) -> None:
    sitting = sit(game)
    assert refusal(sitting.ask(2)) == (409, "question_unknown")
    answered(sitting.ask(1))
    assert refusal(sitting.ask(2)) == (409, "question_open")
    assert refusal(sitting.ask(3)) == (409, "question_unknown")
    assert refusal(sitting.answer(2, 0)) == (409, "question_unknown")
    assert refusal(sitting.answer(len(sitting.drawn) + 1, 0)) == (409, "question_unknown")
    assert refusal(sitting.finish(score=9999)) == (409, "round_unfinished")


@EVERY_ASKED
def test_a_question_that_is_let_pass_is_lost(game: games.Game, sit: Sit, hall: Hall) -> None:
    """Waiting for an easier one costs its points and the streak."""
    sitting = sit(game)
    answered(sitting.ask(1))
    hall.ahead += limit(game, {}) + GRACE + timedelta(seconds=1)
    passed = answered(sitting.ask(2))
    assert (passed["score"], passed["streak"]) == (0, 0)
    # The sheet that comes back for it tells the right answer, and counts nothing.
    judged = answered(sitting.answer(1, None))
    assert (judged["points"], judged["score"]) == (0, 0)


@EVERY_ASKED
def test_an_answer_to_somebody_elses_question_is_nobodys(game: games.Game, sit: Sit) -> None:
    sitting, stranger = sit(game), sit(game)
    answered(sitting.ask(1))
    path = f"/{sitting.round}/questions/1"
    assert refusal(stranger.phone.post(path)) == (404, "round_unknown")
    assert refusal(stranger.phone.post(f"{path}/answer", {"choice": 0})) == (404, "round_unknown")
    assert answered(sitting.answer(1, sitting.right(1)))["points"] > 0
    assert refusal(stranger.phone.hand_in(sitting.round, b"")) == (404, "round_unknown")


@EVERY_ASKED
def test_the_answers_of_one_round_are_worth_little_in_another(game: games.Game, sit: Sit) -> None:
    """Each round draws other questions and mixes their answers: the same presses are as good as guessing."""
    rights = []
    first = sit(game)
    for _ in range(3):
        other = sit(game)
        for no in range(1, len(first.drawn) + 1):
            answered(other.ask(no))
            rights.append(answered(other.answer(no, first.right(no)))["points"] > 0)
    assert sum(rights) < 0.6 * len(rights)


@EVERY_ASKED
def test_answers_faster_than_anybody_reads_are_flagged(game: games.Game, sit: Sit) -> None:
    sitting = sit(game)
    for no in range(1, len(sitting.drawn) + 1):
        answered(sitting.ask(no))
        answered(sitting.answer(no, sitting.right(no), after=timedelta(milliseconds=150)))
    result = answered(sitting.finish())
    assert (result["flags"], result["rank"], result["chances_granted"], result["is_best"]) == (
        [FLAG], None, 0, False,
    )  # fmt: skip


@EVERY_ASKED
@pytest.mark.parametrize(
    ("seconds", "flags"),
    [([2.0], [REGULARITY]), ([2.0, 2.05, 1.98], [REGULARITY]), ([2.0, 2.6, 1.7, 3.1], [])],
    ids=["a clock", "a clock on a phone's network", "somebody quick"],
)
def test_answers_on_an_exact_beat_are_flagged(
    game: games.Game, seconds: list[float], flags: list[str], sit: Sit
) -> None:
    sitting = sit(game)
    for no in range(1, len(sitting.drawn) + 1):
        answered(sitting.ask(no))
        took = timedelta(seconds=seconds[no % len(seconds)])
        answered(sitting.answer(no, sitting.right(no), after=took))
    assert answered(sitting.finish())["flags"] == flags


@EVERY_ASKED
def test_one_round_has_one_result(game: games.Game, sit: Sit) -> None:
    sitting = sit(game)
    for no in range(1, len(sitting.drawn) + 1):
        answered(sitting.ask(no))
        judged = answered(sitting.answer(no, sitting.right(no)))
    first = answered(sitting.finish(score=9999, value=9999, flags=[]))
    assert first["score"]["value"] == judged["score"]
    assert answered(sitting.finish())["score"] == first["score"]
    assert refusal(sitting.answer(1, sitting.right(1))) == (409, "round_over")
    assert refusal(sitting.ask(1)) == (409, "round_over")


@EVERY_ASKED
def test_an_old_round_takes_no_more_answers(game: games.Game, sit: Sit, hall: Hall) -> None:
    sitting = sit(game)
    hall.ahead += game.patience + timedelta(seconds=1)
    assert refusal(sitting.ask(1)) == (409, "round_expired")
    assert refusal(sitting.finish()) == (409, "round_expired")
