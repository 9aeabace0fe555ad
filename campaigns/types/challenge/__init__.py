"""The skill challenge: a game of skill earns places on the leaderboard, and chances at the wheel."""

from datetime import datetime
from typing import Any

from .. import CampaignType
from ..wheel import TYPE as WHEEL


def template(now: datetime, zone: str) -> dict[str, Any]:
    """The wheel's draft, with the sprint in front of it instead of free spins."""
    return {
        **WHEEL.template(now, zone),
        "type": TYPE.slug,
        "title": {"en": "Snow Sprint", "zh": "雪道百米冲刺"},
        "intro": {
            "en": "Run 100 metres in the snow. Be quick to earn a spin, and climb the leaderboard.",
            "zh": "雪道百米冲刺，跑得够快即可赢得抽奖机会，登上排行榜。",
        },
        "share": {"en": "Can you beat my time?", "zh": "你能跑赢我吗？"},
        "limits": {"plays": None, "plays_per_day": 3, "free": 0, "free_per_day": 0},
        "challenge": {
            "game": {"slug": "sprint", "config": {}},
            "rounds_per_day": 20,
            "grants": [{"reach": 20_000, "chances": 1}],
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
