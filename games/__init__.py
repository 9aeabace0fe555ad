"""The mini-games: each a folder with rules, scene and texts, found by being there, replayed in a sandbox.

This package knows neither database nor web. The campaign engine asks it which games there are, how one is
configured, and what score a player's recorded inputs really make.
"""

from . import asked
from .catalog import Game, Picture, Scoring, UnknownGame, discover, game
from .inputs import Event, Log, decode, encode
from .likeness import can_show
from .measured import Expected, Spread, expected
from .referee import RulesBroken, Score, is_seed, new_seed, replay
from .refusal import Impossible

__all__ = [
    "Event",
    "Expected",
    "Game",
    "Impossible",
    "Log",
    "Picture",
    "RulesBroken",
    "Score",
    "Scoring",
    "Spread",
    "UnknownGame",
    "asked",
    "can_show",
    "decode",
    "discover",
    "encode",
    "expected",
    "game",
    "is_seed",
    "new_seed",
    "replay",
]
