"""The demo's scores: members run the challenge as scripted players, through the same doors as everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import campaigns
import games
from campaigns import Lives, season
from center_core.kit import Database
from games.players import perform

RUNNERS = 36
SKILLS = ("beginner", "beginner", "regular", "expert")
AFTER = timedelta(seconds=61)
"""No round of the demo takes longer."""


def let_run(
    database: Database,
    campaign_id: UUID,
    members: Sequence[UUID],
    chance: Random,
    *,
    since: datetime,
    until: datetime,
) -> None:
    """Each of the first members runs once, one after another over the days; the last of them an hour ago."""
    live = Lives(database).read_again(campaign_id)
    challenge = live.definition.challenge
    if challenge is None:
        return
    game = games.game(challenge.game.slug)
    runners = members[:RUNNERS]
    pause = (until - timedelta(hours=1) - since) / max(len(runners), 1)
    for number, member_id in enumerate(runners):
        at = since + pause * (number + 1)
        with database.transaction() as db:
            it = campaigns.start_round(db, live, member_id=member_id, key=f"demo-run-{number}", now=at)
            played = perform(
                game, chance.choice(SKILLS), seed=it.seed, luck=number + 1, config=challenge.game.config
            )
            campaigns.finish_round(
                db, live, member_id=member_id, round_id=it.id, inputs=played.inputs, now=at + AFTER
            )


def make_season(database: Database, campaign_id: UUID, *, staff_id: UUID, now: datetime) -> None:
    """A season in which the demo's stores play against each other."""
    with database.transaction() as db:
        season.create(
            db,
            slug="winter-cup",
            title={"en": "Winter Cup of the Stores", "zh": "冬季门店杯"},
            campaign_ids=[campaign_id],
            starts_at=now - timedelta(days=4),
            ends_at=now + timedelta(days=17),
            counted=3,
            staff_id=staff_id,
            now=now,
        )
