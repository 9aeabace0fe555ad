"""The demo's scores: members take up the challenge as scripted players, through the same doors as everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import campaigns
import games
from campaigns import GameRound, Live, Lives, season
from center_core.kit import Database, Session
from games.catalog import TICKS_PER_SECOND
from games.contestants import CONTESTANTS, quiz
from games.players import perform, players

from .doors import midnight

RUNNERS = 36
FRIENDS = 13
SKILLS = ("beginner", "beginner", "regular", "expert")
READS = timedelta(seconds=4)
"""How long one looks at the right answer before going on."""


def let_run(
    database: Database,
    campaign_id: UUID,
    runners: Sequence[UUID],
    chance: Random,
    *,
    since: datetime,
    until: datetime,
) -> None:
    """Each of the ``runners`` plays one round, one after another over the days; the last of them an hour ago."""
    live = Lives(database).read_again(campaign_id)
    challenge = live.definition.challenge
    if challenge is None:
        return
    game = games.game(challenge.game.slug)
    there = CONTESTANTS if game.asking else players(game)
    skills = [skill for skill in SKILLS if skill in there]
    pause = (until - timedelta(hours=1) - since) / max(len(runners), 1)
    for number, member_id in enumerate(runners):
        at = since + pause * (number + 1)
        with database.transaction() as db:
            it = campaigns.start_round(db, live, member_id=member_id, key=f"demo-run-{number}", now=at)
            skill = chance.choice(skills)
            if game.asking:
                inputs, ended = b"", _answer(db, live, it, game, skill, luck=number + 1)
            else:
                played = perform(game, skill, seed=it.seed, luck=number + 1, config=challenge.game.config)
                inputs, ended = played.inputs, at + timedelta(seconds=played.ticks / TICKS_PER_SECOND + 1)
            campaigns.finish_round(db, live, member_id=member_id, round_id=it.id, inputs=inputs, now=ended)


def _answer(db: Session, live: Live, it: GameRound, game: games.Game, player: str, *, luck: int) -> datetime:
    """Answer the questions of the round ``it``; gives the moment of the last answer."""
    assert live.definition.challenge  # noqa: S101 - whose round it is
    played = quiz(game, player, seed=it.seed, luck=luck, config=live.definition.challenge.game.config)
    mine = {"member_id": it.member_id, "round_id": it.id}
    at = it.started_at
    for no, (choice, answer) in enumerate(zip(played.choices, played.answers, strict=True), 1):
        campaigns.ask_question(db, live, **mine, no=no, now=at)
        at += answer.took
        campaigns.answer(db, live, **mine, no=no, choice=choice, now=at)
        at += READS
    return at


def make_friends(
    database: Database, campaign_id: UUID, players: Sequence[UUID], chance: Random, *, now: datetime
) -> None:
    """Let each of ``players`` take up the challenge of the one before, and every third race their ghost."""
    live = Lives(database).read_again(campaign_id)
    challenge = live.definition.challenge
    if challenge is None:
        return
    with database.transaction() as db:
        codes = campaigns.codes_of(db, campaigns.board_of(live), players)
    for number, (challenger_id, member_id) in enumerate(pairwise(players)):
        with database.transaction() as db:
            campaigns.take_up(db, live, member_id=member_id, challenger_id=challenger_id, now=now)
            if number % 3 or challenger_id not in codes:
                continue
            it = campaigns.start_round(
                db,
                live,
                member_id=member_id,
                key=f"demo-race-{number}",
                now=now,
                against=codes[challenger_id],
            )
            played = perform(
                games.game(it.game),
                chance.choice(("beginner", "expert")),
                seed=it.seed,
                luck=100 + number,
                config=challenge.game.config,
            )
            ended = now + timedelta(seconds=played.ticks / TICKS_PER_SECOND + 1)
            campaigns.finish_round(
                db, live, member_id=member_id, round_id=it.id, inputs=played.inputs, now=ended
            )


def make_season(database: Database, campaign_id: UUID, *, staff_id: UUID, now: datetime) -> None:
    """A season in which the demo's stores play against each other."""
    with database.transaction() as db:
        season.create(
            db,
            slug="winter-cup",
            title={"en": "Winter Cup of the Stores", "zh": "冬季门店杯"},
            campaign_ids=[campaign_id],
            starts_at=midnight(now - timedelta(days=4)),
            ends_at=midnight(now + timedelta(days=17)),
            counted=3,
            staff_id=staff_id,
            now=now,
        )
