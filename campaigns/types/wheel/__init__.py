"""The prize wheel, or any other game of chance in its place: every member has free draws each day."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import games

from ...words import words_of
from .. import CampaignType


def template(now: datetime, zone: str) -> dict[str, Any]:
    """Two weeks from tomorrow's midnight, two spins a day, points and a fallback prize; gifts are the marketer's."""
    tomorrow = (now.astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return {
        "format": 1,
        "type": TYPE.slug,
        **words_of(games.game("wheel")),
        "claim_rules": {
            "en": "Coupons and gift vouchers go straight to your wallet; points to your account. Show the voucher's "
            "code in any of our stores before it expires.",
            "zh": "优惠券和礼品券即时发放至卡包，积分即时到账。请在有效期内到任一门店出示券码兑换。",
        },
        "game": {"slug": "wheel", "config": {}},
        "theme": {"ground": "#0b1e3f", "paper": "#f7fafc", "ink": "#12263f", "accent": "#c8452f", "picture": None},
        "period": {
            "starts_at": tomorrow.isoformat(),
            "ends_at": (tomorrow + timedelta(days=14)).isoformat(),
            "zone": zone,
        },
        "entry": {"new_members": False, "tiers": [], "tags": [], "store_ids": []},
        "limits": {"plays": None, "plays_per_day": 5, "free": 0, "free_per_day": 2},
        "draw": {"strategy": "odds", "curve": []},
        "prizes": [
            {
                "no": 1, "name": {"en": "50 points", "zh": "50 积分"}, "kind": "points",
                "template_id": None, "points": 50, "stock": None, "odds_ppm": 200_000, "value_fen": 50,
                "picture": None, "fallback": False,
            },
            {
                "no": 2, "name": {"en": "A warm wish", "zh": "温暖祝福"}, "kind": "none",
                "template_id": None, "points": 0, "stock": None, "odds_ppm": 0, "value_fen": 0,
                "picture": None, "fallback": True,
            },
        ],
        "challenge": None,
        "leaderboard": {"shown": False, "top": 50},
        "records_years": 2,
    }  # fmt: skip


TYPE = CampaignType(
    slug="wheel",
    title={"en": "Prize wheel", "zh": "幸运转盘"},
    describes={
        "en": "Every member draws each day, at the wheel or in another game of chance, by odds or at set moments.",
        "zh": "会员每天都能抽奖，可选转盘、九宫格、刮刮卡等玩法，按概率或定时放出奖品。",
    },
    needs_challenge=False,
    template=template,
)
