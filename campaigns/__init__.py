"""The campaign engine: definitions and their lifecycle, draws, skill rounds, leaderboards and reports.

Everybody above uses it through these names. Plays go through ``Batcher`` (group commit) by way of ``play``; everything
else takes the session first. In SQL its front door is ``draw_batch`` (migration 0010).
"""

from . import picture
from .asking import Asking, Judged, answer
from .asking import ask as ask_question
from .board import Board, Home, Place, Standing, board_of, home_of
from .chances import Chances, chances, chances_left
from .closing import settle, settle_next
from .definition import Definition, Prize
from .doctor import check
from .drafts import create, draft_history, listing, save_draft
from .draw.batch import Played
from .draw.batcher import Batcher, overloaded
from .draw.strategy import Odds
from .dressing import COVER, longest_text
from .entry import enter, naming_tier
from .events import CampaignPublished, CampaignStateChanged, PlaysDecided, RoundScored
from .friends import TakenUp, friends_board, take_up, taken_up
from .gate import LEGAL_CEILING_FEN, Blocker, gate, problems, published_definition
from .ghost import GHOSTS_PER_DAY, Race, can_race, ghost
from .leaderboard import IndexMissing, Leaderboard, LeaderboardIndex, Look, codes_of
from .lifecycle import by_slug, campaign, end, pause, publish, resume, start_due
from .live import Live, Lives, read_live
from .marks import Remark, remarks
from .models import Award, Campaign, GameRound, Play
from .part import Part, Won, part_of
from .played import PastPlay, plays_of
from .playing import ask, play
from .pool import stocks, winners
from .promised import change_template, promised
from .receipt import Receipt, Verdict, receipt, receipt_code, verify
from .recording import Recording, campaign_of_round, config_of, recording
from .rehearsal import PrizeOutcome, Rehearsal, rehearse
from .report import Hour, PrizeLine, Report, Totals, report, totals
from .rounds import RoundResult, finish_round, start_round
from .rules import game_by
from .ticking import tick
from .types import CampaignType, campaign_type, types
from .visits import Visits
from .words import follow

__all__ = [
    "COVER", "GHOSTS_PER_DAY", "LEGAL_CEILING_FEN", "Asking", "Award", "Batcher", "Blocker", "Board", "Campaign",
    "CampaignPublished", "CampaignStateChanged", "CampaignType", "Chances", "Definition", "GameRound", "Home", "Hour",
    "IndexMissing", "Judged", "Leaderboard", "LeaderboardIndex", "Live", "Lives", "Look", "Odds", "Part", "PastPlay",
    "Place", "Play", "Played", "PlaysDecided", "Prize", "PrizeLine", "PrizeOutcome", "Race", "Receipt", "Recording",
    "Rehearsal", "Remark", "Report", "RoundResult", "RoundScored", "Standing", "TakenUp", "Totals", "Verdict", "Visits",
    "Won", "answer", "ask", "ask_question", "board_of", "by_slug", "campaign", "campaign_of_round", "campaign_type",
    "can_race", "chances", "chances_left", "change_template", "check", "codes_of", "config_of", "create",
    "draft_history", "end", "enter", "finish_round", "follow", "friends_board", "game_by", "gate", "ghost", "home_of",
    "listing", "longest_text", "naming_tier", "overloaded", "part_of", "pause", "picture", "play", "plays_of",
    "problems", "promised", "publish", "published_definition", "read_live", "receipt", "receipt_code", "recording",
    "rehearse", "remarks", "report", "resume", "save_draft", "settle", "settle_next", "start_due", "start_round",
    "stocks", "take_up", "taken_up", "tick", "totals", "types", "verify", "winners",
]  # fmt: skip
