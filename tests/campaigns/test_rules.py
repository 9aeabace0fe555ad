"""Rules that are kept: what was begun before a new release is judged, raced and shown by the rules of then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

import campaigns
import games
from campaigns import rules
from campaigns.models import GameRound, GameRules
from center_core.kit import Fault, Session
from games.players import perform
from tests import make
from tests.make import campaign as making

SPRINT = games.game("sprint")
RACE_TIME = timedelta(seconds=40)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """As in a process that has just begun."""
    with (
        patch.object(rules, "_kept", set()),
        patch.object(rules, "_earlier", {}),
        patch.object(rules, "_shown", {}),
    ):
        yield


def deploy(monkeypatch: pytest.MonkeyPatch, script: str) -> games.Game:
    """A new release: the sprint has other rules from here on, and every process begins anew."""
    renewed = SPRINT.by(script)
    monkeypatch.setattr(games, "game", lambda slug: renewed if slug == "sprint" else games.catalog.game(slug))
    for known in (rules._kept, rules._earlier, rules._shown):
        known.clear()
    return renewed


def without_pay(script: str) -> str:
    """Rules by which nobody arrives before the track closes."""
    return (
        script
        + ";{const { judge: was } = globalThis; globalThis.judge = (question) => "
        + ("JSON.stringify({ ...JSON.parse(was(question)), value: 60000 });}")
    )


def with_another_state(script: str) -> str:
    """Rules whose state says nothing of the ground."""
    return script + (
        ";{const { rules: was } = globalThis; globalThis.rules = { ...was, "
        "init: (config, seed) => { const { ground, ...state } = was.init(config, seed); return state; } };}"
    )


class There:
    """A campaign with the sprint, and a member who plays it."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.live = making.live(db, **making.challenge())
        self.who = make.member(db).member_id

    def start(self, key: str = "round", **terms: Any) -> GameRound:
        return campaigns.start_round(self.db, self.live, member_id=self.who, key=key, now=make.NOW, **terms)

    def finish(self, it: GameRound, player: str = "expert", luck: int = 3) -> campaigns.RoundResult:
        played = perform(SPRINT, player, seed=it.seed, luck=luck, config=self.config)
        return campaigns.finish_round(
            self.db,
            self.live,
            member_id=self.who,
            round_id=it.id,
            inputs=played.inputs,
            now=make.NOW + RACE_TIME,
        )

    @property
    def config(self) -> dict[str, Any]:
        assert self.live.definition.challenge
        return self.live.definition.challenge.game.config


@pytest.fixture
def there(db: Session) -> There:
    return There(db)


def test_a_round_that_began_before_a_release_is_judged_by_its_own_rules(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = there.start()
    deploy(monkeypatch, without_pay(SPRINT.rules))
    assert there.finish(it).score < 15_000
    later = there.start("after the release")
    assert later.rules_version != it.rules_version
    assert there.finish(later).score == 60_000


def test_rules_are_kept_once_with_the_first_round_of_their_version(there: There) -> None:
    for key in ("first", "second", "third"):
        there.start(key)
    kept = there.db.scalars(select(GameRules)).one()
    assert (kept.game, kept.version, kept.script) == ("sprint", SPRINT.rules_version, SPRINT.rules)


def test_a_start_that_is_rolled_back_keeps_nothing_and_the_next_does(db: Session) -> None:
    with db.begin_nested() as undone:
        rules.keep(db, SPRINT, make.NOW)
        undone.rollback()
    assert db.scalar(select(func.count()).select_from(GameRules)) == 0
    rules.keep(db, SPRINT, make.NOW)
    assert db.scalar(select(func.count()).select_from(GameRules)) == 1


def test_a_film_and_a_ghost_outlive_a_release(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    began = there.start()
    made = there.finish(began)
    assert made.code
    deploy(monkeypatch, SPRINT.rules + "// bundled anew")
    shown = campaigns.recording(there.db, there.live, code=made.code)
    assert (shown.playable, shown.is_of_earlier_rules) == (True, True)
    race = there.start("race", against=made.code)
    assert (race.seed, race.rules_version) == (began.seed, began.rules_version)
    result = there.finish(race, "beginner", 9)
    assert result.race
    assert not result.race.beaten


def test_what_todays_scene_cannot_show_is_neither_shown_nor_raced(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        deploy(then, with_another_state(SPRINT.rules))
        made = there.finish(there.start())
    assert made.code
    assert not campaigns.recording(there.db, there.live, code=made.code).playable
    with pytest.raises(Fault, match="ghost_rules_changed"):
        there.start("race", against=made.code)


def test_a_question_is_judged_by_the_bank_that_it_was_drawn_from() -> None:
    quiz = games.game("quiz")
    other = quiz.by(quiz.rules.replace("level = 1", "level = 2"))
    assert other.rules_version != quiz.rules_version
    assert {question.level for question in other.bank} < {question.level for question in quiz.bank}
    assert replace(other).bank == quiz.bank, "only what was asked for is of another day"
