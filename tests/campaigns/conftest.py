"""What tests of skill rounds share."""

from typing import Any

import pytest

import games


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets a test say what the next replays find; the game's own rules are tested with the game."""
    found: list[games.Score | games.Impossible] = []

    def replay(*_args: Any, **_kwargs: Any) -> games.Score:
        outcome = found.pop(0)
        if isinstance(outcome, games.Impossible):
            raise outcome
        return outcome

    monkeypatch.setattr(games, "replay", replay)

    def script(*outcomes: int | games.Impossible, flags: tuple[str, ...] = ()) -> None:
        found.extend(
            one if isinstance(one, games.Impossible)
            else games.Score(value=one, tie=0, ticks=1, flags=flags, rules_version="test")
            for one in outcomes
        )  # fmt: skip

    return script
