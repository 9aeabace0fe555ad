"""The campaign engine: definitions and their lifecycle, draws, skill rounds, leaderboards and reports.

Everybody above uses it through these names. Plays go through ``Batcher`` (group commit) by way of ``play``; everything
else takes the session first. In SQL its front door is ``draw_batch`` (migration 0010).
"""

from .chances import Chances, chances, chances_left
from .closing import settle, settle_next
from .definition import Definition, Prize
from .doctor import check
from .drafts import create, draft_history, listing, save_draft
from .draw.batch import Played
from .draw.batcher import Batcher
from .draw.strategy import Odds
from .entry import enter
from .events import CampaignPublished, CampaignStateChanged, PlaysDecided, RoundScored
from .gate import LEGAL_CEILING_FEN, Blocker, gate, problems, published_definition
from .leaderboard import IndexMissing, Leaderboard, LeaderboardIndex, Place, Standing, with_own
from .lifecycle import by_slug, campaign, end, pause, publish, resume, start_due
from .live import Live, Lives, read_live
from .models import Award, Campaign, GameRound, Play
from .played import PastPlay, plays_of
from .playing import play
from .pool import stocks, winners
from .receipt import Receipt, Verdict, receipt, receipt_code, verify
from .rehearsal import PrizeOutcome, Rehearsal, rehearse
from .report import Hour, PrizeLine, Report, Totals, awards_of, report, totals
from .rounds import RoundResult, finish_round, start_round
from .ticking import tick
from .types import CampaignType, campaign_type, types
from .visits import Visits

__all__ = [
    "LEGAL_CEILING_FEN", "Award", "Batcher", "Blocker", "Campaign", "CampaignPublished",
    "CampaignStateChanged", "CampaignType", "Chances", "Definition", "GameRound", "Hour", "IndexMissing",
    "Leaderboard", "LeaderboardIndex", "Live", "Lives", "Odds", "PastPlay", "Place", "Play", "Played",
    "PlaysDecided", "Prize", "PrizeLine", "PrizeOutcome", "Receipt", "Rehearsal", "Report", "RoundResult",
    "RoundScored", "Standing", "Totals", "Verdict", "Visits", "awards_of", "by_slug", "campaign",
    "campaign_type", "chances", "chances_left", "check", "create", "draft_history", "end", "enter",
    "finish_round", "gate", "listing", "pause", "play", "plays_of", "problems", "publish",
    "published_definition", "read_live", "receipt", "receipt_code", "rehearse", "report", "resume",
    "save_draft", "settle", "settle_next", "start_due", "start_round", "stocks", "tick", "totals", "types",
    "verify", "winners", "with_own",
]  # fmt: skip
