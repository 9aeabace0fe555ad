"""What is live: published definitions, kept in the process so that a play or a page reads none of them again.

The cache may be a moment old. That never decides wrongly: ``draw_batch`` compares the campaign's revision in its own
transaction and says ``stale``, upon which the batcher reads afresh.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

import orjson
from sqlalchemy import select

from center_core import marketing
from center_core.kit import N_, Database, NotFound, Refused, Session

from .definition import Definition
from .draw.strategy import Odds
from .models import Campaign, CampaignVersion

OPEN_STATES = ("scheduled", "running")
"""The clock, not the state, opens a scheduled campaign: it does not wait for the next tick."""


@dataclass(frozen=True, eq=False)
class Live:
    """A published campaign as it is at one revision; immutable and shared between threads. Each reading is another one.

    ``seed`` is kept out of logs: whoever knows it before the end knows what every key will win.
    """

    id: UUID
    slug: str
    type: str
    state: str
    revision: int
    version: int
    definition: Definition
    seed: bytes = field(repr=False)
    seed_hash: str
    revealed_at: datetime | None
    templates: dict[UUID, "marketing.CouponTemplate"]

    @property
    def zone(self) -> str:
        return self.definition.period.zone

    @cached_property
    def odds(self) -> Odds:
        return Odds.of(self.definition)

    def phase(self, now: datetime) -> str:
        """What consumers see: ``soon``, ``running``, ``paused`` or ``over``."""
        starts_at, ends_at = self._period
        if self.state in ("ended", "settled") or now >= ends_at:
            return "over"
        if now < starts_at:
            return "soon"
        return "running" if self.state in OPEN_STATES else "paused"

    @cached_property
    def _period(self) -> tuple[datetime, datetime]:
        """Begin and end in the zone of our own clock: across zones a comparison costs ten times as much."""
        period = self.definition.period
        return period.starts_at.astimezone(UTC), period.ends_at.astimezone(UTC)

    def check_open(self, now: datetime) -> None:
        """Refuse unless the campaign can be played at ``now``."""
        phase = self.phase(now)
        if phase == "soon":
            raise Refused("campaign_not_started", N_("This campaign has not started yet."))
        if phase == "over":
            raise Refused("campaign_over", N_("This campaign is over."))
        if phase == "paused":
            raise Refused("campaign_paused", N_("This campaign is paused. Please come back soon."))

    @cached_property
    def rules(self) -> str:
        """The ``rules`` of ``draw_batch`` for ordinary plays."""
        return self._rules(final=False)

    @cached_property
    def final_rules(self) -> str:
        """The ``rules`` of ``draw_batch`` for the draw at the end."""
        return self._rules(final=True)

    @cached_property
    def may_win_coupon(self) -> frozenset[int]:
        """The prizes whose drawing may end in a coupon: themselves one, or replaced by one."""
        coupons = {prize.no for prize in self.definition.prizes if prize.template_id}
        replaced = self.definition.fallback.no in coupons or self.definition.draw.strategy == "moments"
        return frozenset(prize.no for prize in self.definition.prizes) if replaced else frozenset(coupons)

    @cached_property
    def shown(self) -> dict[int, dict[str, object]]:
        """Each prize as the phone shows it."""
        fields = {"no", "name", "kind", "value_fen", "points", "picture"}
        return {prize.no: prize.model_dump(include=fields) for prize in self.definition.prizes}

    def prize_lines(self, at: datetime) -> str:
        """The ``prizes`` of ``draw_batch``: what each prize gives, and how long its coupon is valid."""
        lines: list[dict[str, object]] = []
        for prize in self.definition.prizes:
            line: dict[str, object] = {"no": prize.no, "kind": prize.kind, "points": prize.points}
            if prize.template_id:
                line["template_id"] = prize.template_id
                line["valid_from"], line["valid_until"] = self.templates[prize.template_id].window(at)
            lines.append(line)
        return orjson.dumps(lines).decode()

    def _rules(self, *, final: bool) -> str:
        definition, limits = self.definition, self.definition.limits
        return orjson.dumps(
            {
                "revision": self.revision,
                "version": self.version,
                "play_limit": limits.plays,
                "day_limit": limits.plays_per_day,
                "free": limits.free,
                "free_per_day": limits.free_per_day,
                "open": definition.entry.everyone,
                "by_moment": definition.draw.strategy == "moments" and not final,
                "fallback": definition.fallback.no,
                "final": final,
            }
        ).decode()


def read_live(db: Session, campaign_id: UUID) -> Live:
    """The campaign as it is published now."""
    found = db.execute(
        select(Campaign, CampaignVersion.definition)
        .join(
            CampaignVersion,
            (CampaignVersion.campaign_id == Campaign.id) & (CampaignVersion.version == Campaign.version),
        )
        .where(Campaign.id == campaign_id)
    ).one_or_none()
    if found is None:
        raise NotFound("campaign_unknown", N_("There is no such campaign."))
    campaign, document = found
    definition = Definition.model_validate(document)
    return Live(
        id=campaign.id,
        slug=campaign.slug,
        type=campaign.type,
        state=campaign.state,
        revision=campaign.revision,
        version=campaign.version,
        definition=definition,
        seed=campaign.seed,
        seed_hash=campaign.seed_hash,
        revealed_at=campaign.revealed_at,
        templates={
            prize.template_id: marketing.template(db, prize.template_id)
            for prize in definition.prizes
            if prize.template_id
        },
    )


class Lives:
    """The published campaigns of one process; their revisions are asked for at most once in ``recheck`` seconds."""

    def __init__(self, database: Database, *, recheck: float = 1.0) -> None:
        self._database = database
        self._recheck = recheck
        self._checked_at = float("-inf")
        self._ids: dict[str, UUID] = {}
        self._revisions: dict[UUID, int] = {}
        self._lives: dict[UUID, Live] = {}
        self._checking = threading.Lock()
        self._reading = threading.Lock()

    def by_slug(self, slug: str) -> Live:
        """The published campaign at ``/c/<slug>``."""
        self._check(self._recheck)
        if slug not in self._ids:
            # Perhaps published this very second; a stranger's guesses still cost few queries.
            self._check(self._recheck / 10)
        if slug not in self._ids:
            raise NotFound("campaign_unknown", N_("There is no such campaign."))
        return self.by_id(self._ids[slug])

    def at_hand(self, slug: str) -> Live | None:
        """The same without asking anybody, as old as it may be; ``None`` if it is not in this process yet."""
        campaign_id = self._ids.get(slug)
        return self._lives.get(campaign_id) if campaign_id else None

    @property
    def is_due(self) -> bool:
        """Whether the next look at a campaign will ask PostgreSQL for the revisions."""
        return time.monotonic() - self._checked_at >= self._recheck

    def by_id(self, campaign_id: UUID) -> Live:
        """The same by its id."""
        live = self._lives.get(campaign_id)
        if live is not None and live.revision >= self._revisions.get(campaign_id, 0):
            return live
        # One thread reads; those that come meanwhile find what it read.
        with self._reading:
            live = self._lives.get(campaign_id)
            if live is None or live.revision < self._revisions.get(campaign_id, 0):
                live = self.read_again(campaign_id)
        return live

    def read_again(self, campaign_id: UUID) -> Live:
        """Read it from PostgreSQL now, whatever is kept."""
        with self._database.transaction() as db:
            live = read_live(db, campaign_id)
        self._lives[campaign_id] = live
        return live

    def published(self) -> list[Live]:
        """All that consumers may see, the latest to start first."""
        self._check(self._recheck)
        lives = [self.by_id(campaign_id) for campaign_id in list(self._ids.values())]
        return sorted(lives, key=lambda live: live.definition.period.starts_at, reverse=True)

    def running(self, now: datetime) -> list[Live]:
        """Those that can be played now."""
        return [live for live in self.published() if live.phase(now) == "running"]

    def _check(self, seconds: float) -> None:
        """Learn the revisions again if that was longer ago than ``seconds``; one thread asks, the others go on."""
        if time.monotonic() - self._checked_at < seconds or not self._checking.acquire(
            blocking=not self._ids
        ):
            return
        try:
            if time.monotonic() - self._checked_at < seconds:
                return
            with self._database.transaction() as db:
                rows = db.execute(
                    select(Campaign.slug, Campaign.id, Campaign.revision)
                    .where(Campaign.version > 0)
                    .order_by(Campaign.id)
                ).all()
            self._ids = {slug: campaign_id for slug, campaign_id, _ in rows}
            self._revisions = {campaign_id: revision for _, campaign_id, revision in rows}
            self._checked_at = time.monotonic()
        finally:
            self._checking.release()
