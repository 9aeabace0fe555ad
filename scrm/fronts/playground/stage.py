"""The campaign in which the game stands while it is made: every look a prize can have, and the maker's own colours."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError

import games
from campaigns import Live
from campaigns.definition import Definition, Theme

from .samples import samples_of

PRIZES: list[dict[str, Any]] = [
    {
        "kind": "gift",
        "name": {"en": "Down mittens", "zh": "羽绒手套"},
        "value_fen": 19_900,
        "odds_ppm": 10_000,
    },
    {
        "kind": "coupon",
        "name": {"en": "¥50 coupon", "zh": "50 元优惠券"},
        "value_fen": 5_000,
        "odds_ppm": 90_000,
    },
    {"kind": "points", "name": {"en": "88 points", "zh": "88 积分"}, "points": 88, "odds_ppm": 200_000},
    {"kind": "points", "name": {"en": "20 points", "zh": "20 积分"}, "points": 20, "odds_ppm": 200_000},
    {"kind": "none", "name": {"en": "A warm wish", "zh": "暖心祝福"}, "odds_ppm": 200_000},
    {"kind": "none", "name": {"en": "Snow", "zh": "雪花"}, "fallback": True},
]
CHANCES = 99
COLOURS = ("ground", "paper", "ink", "accent")


def theme_of(asked: Mapping[str, str]) -> Theme:
    """The colours in ``asked``; those that are none are left as they are."""
    try:
        return Theme(**{name: asked[name] for name in COLOURS if name in asked})
    except ValidationError:
        return Theme()


def config_of(game: games.Game, asked: Mapping[str, str]) -> dict[str, Any]:
    """The settings in ``asked``, named ``setting.difficulty`` and the like; the defaults if one is not valid."""
    wished = {name: asked.get(f"setting.{name}") for name in game.settings.model_fields}
    try:
        return game.configured({name: _value(text) for name, text in wished.items() if text is not None})
    except ValidationError:
        return game.configured({})


def _value(text: str) -> bool | int | str:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdigit() else text


def campaign_of(game: games.Game, asked: Mapping[str, str]) -> Live:
    """A published campaign that stands in no database."""
    now = datetime.now(UTC)
    pictures = samples_of(game, asked.get("pictures", ""))
    chosen = {"slug": game.slug, "config": config_of(game, asked), "pictures": pictures}
    definition = Definition.model_validate(
        {
            "type": "challenge" if game.scoring else "wheel",
            "title": {"en": "Playground", "zh": "游戏工坊"},
            "intro": game.summary,
            "claim_rules": {"en": "Nothing can be won here.", "zh": "此处仅供试玩，不发放奖品。"},
            "game": chosen,
            "theme": theme_of(asked),
            "period": {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=1)},
            "prizes": [{"no": no, **prize} for no, prize in enumerate(PRIZES, 1)],
            "challenge": {"game": chosen, "granted_at_most": 99} if game.scoring else None,
            "leaderboard": {"shown": False},
        }
    )
    return Live(
        id=UUID(int=1),
        slug="playground",
        type=definition.type,
        state="running",
        revision=1,
        version=1,
        definition=definition,
        seed=bytes(32),
        seed_hash="0" * 64,
        revealed_at=None,
        templates={},
    )
