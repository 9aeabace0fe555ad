"""Which games there are: a folder with a game.toml is one."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from . import bank
from .bank import LANGUAGES, Question, Texts
from .inputs import Actions
from .settings import Settings, is_text, settings_model

FOLDER = Path(__file__).parent
BUILT = FOLDER / "_built"
TICKS_PER_SECOND = 60
SLUG = r"[a-z][a-z0-9-]{1,30}"

# Beside the game itself: reading the tutorial, a long call, a train without a connection while the result is sent.
PATIENCE = timedelta(hours=1)


class UnknownGame(LookupError):
    """There is no such folder."""


@dataclass(frozen=True)
class Scoring:
    """How scores are compared and written. Among equal scores the greater tie-break wins, in every game."""

    better: Literal["lower", "higher"]
    unit: Literal["ms", "points"]
    least: int
    most: int


@dataclass(frozen=True)
class Asking:
    """How a game asks, by difficulty: seconds for each question, and from which levels of the bank they come."""

    seconds: dict[str, int]
    levels: dict[str, list[int]]


@dataclass(frozen=True)
class Picture:
    """A picture that a marketer may put in place of the game's own art; sizes in pixels.

    One of other proportions is shown whole, with holes beside it; to ``cover`` the place it loses its edges.
    """

    label: Texts
    width: int
    height: int
    fit: Literal["contain", "cover"] = "contain"


@dataclass(frozen=True)
class CampaignWords:
    """What a campaign says that is played by the game, until a marketer has words of their own.

    From the score ``reach`` on a round earns a chance; none where the game does not say.
    """

    title: Texts
    intro: Texts
    share: Texts
    reach: int | None = None


@dataclass(frozen=True)
class Game:
    """One mini-game as its game.toml describes it."""

    slug: str
    kind: Literal["chance", "skill", "asked"]
    title: Texts
    summary: Texts
    settings: type[Settings]
    texts: dict[str, Texts]
    pictures: dict[str, Picture]
    campaign: CampaignWords
    # Games of skill and games that ask make a score; a game of chance makes none.
    scoring: Scoring | None = None
    max_ticks: int = 0
    # The least score where a choice makes it another than that of ``scoring``, by setting and choice.
    least: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # Only a game of skill has rules of its own to replay.
    actions: Actions | None = None
    max_input_bytes: int = 0
    # Only a game that asks has a bank of questions.
    asking: Asking | None = None

    def configured(self, config: dict[str, Any]) -> dict[str, Any]:
        """``config`` checked and completed by the defaults. Raises pydantic's ValidationError."""
        return self.settings.model_validate(config).model_dump(mode="json")

    def mended(self, config: dict[str, Any]) -> dict[str, Any]:
        """``config`` completed by the defaults, also in the place of what is not valid."""
        return self.configured({name: value for name, value in config.items() if self.takes(name, value)})

    def scored(self, config: dict[str, Any]) -> Scoring | None:
        """How scores compare under ``config``: a shorter race is over sooner."""
        if self.scoring is None:
            return None
        least = (
            self.least[name][value] for name, value in config.items() if value in self.least.get(name, {})
        )
        return replace(self.scoring, least=next(least, self.scoring.least))

    @property
    def longest(self) -> timedelta:
        """How long a round takes at most that is played without a pause."""
        return timedelta(seconds=self.max_ticks / TICKS_PER_SECOND)

    def takes(self, name: str, value: Any) -> bool:
        """Whether the setting ``name`` may have that value."""
        try:
            self.settings.model_validate({name: value})
        except ValidationError:
            return False
        return True

    def shown(self, config: dict[str, Any]) -> dict[str, Any]:
        """The same without what a phone must not know: the questions that a marketer has typed."""
        return {
            name: value for name, value in self.configured(config).items() if not is_text(self.settings, name)
        }

    @property
    def patience(self) -> timedelta:
        """The longest time from the start of a round to its result."""
        return timedelta(seconds=self.max_ticks / TICKS_PER_SECOND) + PATIENCE

    @cached_property
    def rules(self) -> str:
        """What a round is judged by: a script for the server's engine, bundled from rules.js by the build.

        In a game that asks it is the bank.
        """
        if self.asking:
            return (FOLDER / self.slug / "bank.toml").read_text()
        try:
            return (BUILT / f"{self.slug}.js").read_text()
        except FileNotFoundError:
            raise RuntimeError(f"The rules of {self.slug} are not built: run `make assets`.") from None

    def by(self, rules: str) -> "Game":
        """The same game by other ``rules``: those of an earlier day."""
        other = replace(self)
        other.__dict__["rules"] = rules
        return other

    @cached_property
    def rules_version(self) -> str:
        """Changes with the rules, or with the bank: a round is only ever judged by those that it was played by."""
        return hashlib.sha256(self.rules.encode()).hexdigest()[:12]

    @cached_property
    def bank(self) -> tuple[Question, ...]:
        """The questions of a game that asks. No page holds more of them than were asked."""
        table = tomllib.loads(self.rules)
        return tuple(bank.from_row(question) for question in table["question"])

    @cached_property
    def styled(self) -> bool:
        """Whether the game brings a style sheet beside its scene."""
        return (FOLDER / self.slug / "scene.css").is_file()

    @cached_property
    def poster(self) -> str:
        """The HTML on the stage until the script has come, and for those without script."""
        return (FOLDER / self.slug / "page.html").read_text()


@cache
def discover() -> dict[str, Game]:
    """Every game by its slug, in alphabetical order."""
    slugs = sorted(toml.parent.name for toml in FOLDER.glob("*/game.toml"))
    return {slug: game(slug) for slug in slugs if re.fullmatch(SLUG, slug)}


@cache
def game(slug: str) -> Game:
    """The game of that folder, whatever state the others are in. Raises :class:`UnknownGame`."""
    if not re.fullmatch(SLUG, slug) or not (FOLDER / slug / "game.toml").is_file():
        raise UnknownGame(slug)
    return read(FOLDER / slug)


def forget() -> None:
    """Read every game anew when it is next asked for: somebody is just changing one."""
    discover.cache_clear()
    game.cache_clear()


def read(folder: Path) -> Game:
    """The game that ``folder`` holds."""
    toml = tomllib.loads((folder / "game.toml").read_text())
    return Game(
        slug=folder.name,
        kind=toml["kind"],
        title=toml["title"],
        summary=toml["summary"],
        settings=settings_model(folder.name, toml.get("settings", {})),
        texts={language: _texts(folder / "texts" / f"{language}.toml") for language in LANGUAGES},
        pictures={name: Picture(**picture) for name, picture in toml.get("pictures", {}).items()},
        campaign=_campaign(toml),
        **_KINDS[toml["kind"]](toml),
    )


def _texts(path: Path) -> Texts:
    return tomllib.loads(path.read_text())


def _campaign(toml: dict[str, Any]) -> CampaignWords:
    """Of a game that says nothing of campaigns, the title and the summary do."""
    usual = {"title": toml["title"], "intro": toml["summary"], "share": toml["title"]}
    return CampaignWords(**{**usual, **toml.get("campaign", {})})


def _chance(_toml: dict[str, Any]) -> dict[str, Any]:
    return {}


def _skill(toml: dict[str, Any]) -> dict[str, Any]:
    table = toml["skill"]
    return {
        "scoring": Scoring(**table["score"]),
        "least": table.get("least", {}),
        "actions": {
            action: tuple((least, most) for least, most in values)
            for action, values in table["actions"].items()
        },
        "max_ticks": table["max_seconds"] * TICKS_PER_SECOND,
        "max_input_bytes": table["max_input_bytes"],
    }


def _asked(toml: dict[str, Any]) -> dict[str, Any]:
    table = toml["asked"]
    return {
        "scoring": Scoring(**table["score"]),
        "max_ticks": table["max_seconds"] * TICKS_PER_SECOND,
        "asking": Asking(seconds=table["seconds"], levels=table["levels"]),
    }


_KINDS = {"chance": _chance, "skill": _skill, "asked": _asked}
