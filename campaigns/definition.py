"""The definition of a campaign: the versioned document that a marketer edits and consumers are shown.

A draft is this document in any state of repair, kept as plain JSON. ``Definition`` is what a draft must become
before it can be published; ``campaigns.gate`` tells field by field what it still lacks.
"""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

PPM = 1_000_000
"""Odds are whole parts of a million: 10,000 is one per cent."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{2,47}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
PictureKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The name of a kept picture (``campaigns.picture``): the hash of its content."""


@cache
def _zones() -> frozenset[str]:
    """Looked up once: the library walks a folder of files each time it is asked."""
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise ValueError("not an IANA time zone")
    return zone


Zone = Annotated[str, AfterValidator(_known_zone)]


class Part(BaseModel):
    """A part of the document: unknown fields are mistakes, and a published document never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Part):
    """One text in both languages of the brand."""

    en: Words
    zh: Words


class GameChoice(Part):
    """A game of ``games/``, its settings, which the game's own config model checks, and what the brand brings to it.

    ``pictures`` are kept pictures by the name under which the game offers their place; ``texts`` are words of its own
    by language and key, where they differ from the game's. ``campaigns.dressing`` checks both.
    """

    slug: str
    config: dict[str, Any] = Field(default_factory=dict)
    pictures: dict[str, PictureKey] = Field(default_factory=dict, max_length=20)
    texts: dict[Literal["zh", "en"], dict[str, Words]] = Field(default_factory=dict)

    def words(self, language: str) -> dict[str, str]:
        """The words of its own in that language, by key."""
        return next((words for spoken, words in self.texts.items() if spoken == language), {})


class Theme(Part):
    """Four colours and one picture restyle a campaign.

    ``picture`` says which landscape is drawn, ``cover`` is a kept picture of the brand's own in its place.
    """

    ground: Colour = "#0b1e3f"
    paper: Colour = "#f7fafc"
    ink: Colour = "#12263f"
    accent: Colour = "#c8452f"
    picture: str | None = Field(default=None, max_length=200)
    cover: PictureKey | None = None


class Period(Part):
    """From ``starts_at`` on and before ``ends_at``; ``zone`` is where its days begin and end."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    zone: Zone = "Asia/Shanghai"

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


class Entry(Part):
    """Who may take part: every condition that is given must hold, by any of its values; none given is everyone."""

    new_members: bool = False
    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    store_ids: tuple[UUID, ...] = ()

    @property
    def everyone(self) -> bool:
        return not (self.new_members or self.tiers or self.tags or self.store_ids)


class Limits(Part):
    """How often a member may play.

    Chances are what plays are paid with: ``free_per_day`` expire at midnight and are used first, then ``free``
    and those that were granted. ``plays`` and ``plays_per_day`` are ceilings over all of them (none: no ceiling).
    """

    plays: int | None = Field(default=None, ge=1, le=10_000)
    plays_per_day: int | None = Field(default=None, ge=1, le=1_000)
    free: int = Field(default=0, ge=0, le=1_000)
    free_per_day: int = Field(default=0, ge=0, le=1_000)


class Draw(Part):
    """How prizes are drawn.

    ``odds``: each play by the published odds, stock permitting. ``moments``: each unit of a limited prize has a
    moment of release, and the first play after it wins it. ``exactly``: by odds, and what is left at the end is
    drawn among those who took part. ``curve`` weighs the 24 hours of the day for the moments of release.
    """

    strategy: Literal["odds", "moments", "exactly"] = "odds"
    curve: tuple[Annotated[int, Field(ge=0, le=1000)], ...] = Field(default=(), max_length=24)


class Prize(Part):
    """One line of the prize pool. ``stock`` none is unlimited; ``value_fen`` is what consumers are told it is worth."""

    no: int = Field(ge=1, le=99)
    name: Texts
    kind: Literal["gift", "coupon", "points", "none"]
    template_id: UUID | None = None
    points: int = Field(default=0, ge=0, le=1_000_000)
    stock: int | None = Field(default=None, ge=0, le=5_000_000)
    odds_ppm: int = Field(default=0, ge=0, le=PPM)
    value_fen: int = Field(default=0, ge=0)
    picture: str | None = Field(default=None, max_length=200)
    fallback: bool = False


class Grant(Part):
    """A round whose score reaches ``reach`` (not above it in a game where low scores are good) earns chances."""

    reach: int = Field(ge=0)
    chances: int = Field(default=1, ge=1, le=10)


class Challenge(Part):
    """A skill game whose rounds earn chances and a place on the leaderboard."""

    game: GameChoice
    rounds_per_day: int = Field(default=10, ge=1, le=500)
    grants: tuple[Grant, ...] = Field(default=(), max_length=5)
    granted_at_most: int = Field(default=3, ge=0, le=100)


class Leaderboard(Part):
    """Whether the scores are shown to consumers, and how many."""

    shown: bool = True
    top: int = Field(default=50, ge=3, le=100)


class Definition(Part):
    """A whole campaign, as published."""

    format: Literal[1] = 1
    type: str
    title: Texts
    intro: Texts
    claim_rules: Texts
    share: Texts | None = None
    game: GameChoice
    theme: Theme = Theme()
    period: Period
    entry: Entry = Entry()
    limits: Limits = Limits()
    draw: Draw = Draw()
    prizes: tuple[Prize, ...] = Field(min_length=1, max_length=12)
    challenge: Challenge | None = None
    leaderboard: Leaderboard = Leaderboard()
    records_years: int = Field(default=2, ge=2, le=20)

    @property
    def fallback(self) -> Prize:
        """The prize of every play that wins no other."""
        return next(prize for prize in self.prizes if prize.fallback)

    def choice_of(self, slug: str) -> GameChoice | None:
        """How the campaign uses the game ``slug``; ``None`` if it does not."""
        chosen = (self.game, self.challenge.game) if self.challenge else (self.game,)
        return next((choice for choice in chosen if choice.slug == slug), None)

    def prize(self, no: int) -> Prize:
        return next(prize for prize in self.prizes if prize.no == no)
