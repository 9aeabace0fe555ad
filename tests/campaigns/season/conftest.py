"""Scores whose worth is easily seen."""

import pytest

import games


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had measured any game: then 8 s of the sprint are worth 1,000, 16 s half of that."""
    monkeypatch.setattr(games, "expected", lambda game, config: None)
