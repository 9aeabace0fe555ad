"""The skill challenge: a game of skill earns places on the leaderboard, and chances at the wheel."""

from datetime import datetime
from typing import Any

import games

from ...words import words_of
from .. import CampaignType
from ..wheel import TYPE as WHEEL


def template(now: datetime, zone: str) -> dict[str, Any]:
    """The wheel's draft, with the sprint in front of it instead of free spins."""
    sprint = games.game("sprint")
    return {
        **WHEEL.template(now, zone),
        "type": TYPE.slug,
        **words_of(sprint),
        "limits": {"plays": None, "plays_per_day": 3, "free": 0, "free_per_day": 0},
        "challenge": {
            "game": {"slug": "sprint", "config": {}},
            "rounds_per_day": 20,
            "grants": [{"reach": sprint.campaign.reach, "chances": 1}],
            "granted_at_most": 3,
        },
        "leaderboard": {"shown": True, "top": 50},
    }


TYPE = CampaignType(
    slug="challenge",
    title={"en": "Skill challenge", "zh": "技能挑战赛"},
    describes={
        "en": "A game of skill with a leaderboard; good rounds earn chances to win.",
        "zh": "技能小游戏加排行榜，成绩达标即可获得抽奖机会。",
    },
    needs_challenge=True,
    template=template,
)
