"""What still stops publication: the compliance gate and the mistakes of a draft, each with the field that it is in."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import select

import games
from center_core import marketing
from center_core.kit import N_, NotFound, Session, yuan

from .definition import PPM, Definition, GameChoice, Prize
from .disadvantage import disadvantages
from .dressing import uncovered, unfitting
from .models import Campaign, CampaignVersion
from .types import campaign_type, types

LEGAL_CEILING_FEN = 5_000_000
"""50,000 yuan: the dearest prize that a drawing may have in China (Regulations on Promotion, 2020, article 18)."""


@dataclass(frozen=True)
class Blocker:
    """One reason. ``field`` is a dotted path into the draft, such as ``prizes.2.odds_ppm``."""

    key: str
    text: str
    field: str
    reasons: dict[str, Any] = dataclasses.field(default_factory=dict)


# What pydantic calls a mistake, in the words of this house. Anything else is plainly "not valid".
MISSING = ("missing", N_("This is needed."))
NOT_WHOLE = ("not_whole", N_("Please enter a whole number."))
NO_MOMENT = ("no_moment", N_("Please enter a date and a time."))
NO_OPTION = ("no_option", N_("Please choose one of the options."))
MISTAKES = {
    "missing": MISSING,
    "string_too_short": MISSING,
    "string_too_long": ("too_long", N_("At most %(max_length)s characters.")),
    "string_pattern_mismatch": ("malformed", N_("This is not in the right form.")),
    "greater_than_equal": ("too_small", N_("At least %(ge)s.")),
    "less_than_equal": ("too_large", N_("At most %(le)s.")),
    "too_long": ("too_many", N_("At most %(max_length)s.")),
    "too_short": ("too_few", N_("At least %(min_length)s.")),
    "extra_forbidden": ("unknown_field", N_("There is no such setting.")),
    "int_type": NOT_WHOLE,
    "int_parsing": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "int_from_float": NOT_WHOLE,
    "datetime_type": NO_MOMENT,
    "datetime_parsing": NO_MOMENT,
    "datetime_from_date_parsing": NO_MOMENT,
    "literal_error": NO_OPTION,
    "uuid_type": NO_OPTION,
    "uuid_parsing": NO_OPTION,
    "bool_type": NO_OPTION,
    "bool_parsing": NO_OPTION,
    "question_broken": (
        "question_broken",
        N_("Line %(line)s: a question has a line of its own, then four answers, one of them marked with *."),
    ),
    "timezone_aware": ("zone_missing", N_("A moment needs its time zone.")),
}
INVALID = ("invalid", N_("This is not valid."))


def problems(draft: dict[str, Any]) -> list[Blocker]:
    """The mistakes that the draft shows by itself, without looking at anything else."""
    try:
        definition = Definition.model_validate(draft)
    except ValidationError as error:
        return [_mistake(one, "") for one in error.errors(include_url=False)]
    return list(_contradictions(definition))


def gate(
    db: Session,
    campaign: Campaign,
    *,
    now: datetime,
    ceiling_fen: int = LEGAL_CEILING_FEN,
    hold: bool = False,
) -> list[Blocker]:
    """Everything that stops the draft of ``campaign`` from being published at ``now``.

    With ``hold`` the terms of its coupons stay as they were found until the transaction ends.
    """
    if campaign.state in ("ended", "settled"):
        return [Blocker("campaign_over", N_("This campaign is over; start a new one from it."), "")]
    found = problems(campaign.draft)
    if found:
        return found
    definition = Definition.model_validate(campaign.draft)
    found = [
        *_compliance(definition, ceiling_fen),
        *_time(definition, campaign, now),
        *_coupons(db, definition, ceiling_fen, hold=hold),
        *_games(db, definition),
        *(Blocker(*reason) for reason in uncovered(db, definition.theme)),
    ]
    published = published_definition(db, campaign)
    if published is not None:
        found += [Blocker(*reason) for reason in disadvantages(published, definition, now)]
    return found


def published_definition(db: Session, campaign: Campaign) -> Definition | None:
    """What consumers see now, if anything."""
    document = db.scalar(
        select(CampaignVersion.definition).where(
            CampaignVersion.campaign_id == campaign.id, CampaignVersion.version == campaign.version
        )
    )
    return Definition.model_validate(document) if document else None


def _mistake(error: Any, prefix: str) -> Blocker:
    key, words = MISSING if _is_blank(error) else MISTAKES.get(error["type"], INVALID)
    path = prefix + ".".join(str(part) for part in error["loc"])
    if path.endswith(".stock") and error["type"] == "greater_than_equal":
        key, words = "stock_negative", N_("A stock cannot be negative.")
    if path.endswith(".odds_ppm") and error["type"] == "less_than_equal":
        key, words = "odds_over_100", N_("Odds cannot exceed 100 %%.")
    reasons = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, int | str)}
    return Blocker(key, words, path, reasons)


def _is_blank(error: Any) -> bool:
    """Whether a field was cleared: to whoever did that, no number and no text are the same mistake."""
    return error["input"] in (None, "") and error["type"] != "extra_forbidden"


def _contradictions(definition: Definition) -> Iterator[Blocker]:
    """What no single field shows."""
    if definition.period.ends_at <= definition.period.starts_at:
        yield Blocker("ends_before_start", N_("The end must lie after the start."), "period.ends_at")
    if definition.type not in types():
        yield Blocker("type_unknown", N_("There is no such campaign type."), "type")
    yield from _pool(definition)
    if definition.draw.strategy == "moments" and definition.draw.curve:
        if len(definition.draw.curve) != 24:
            yield Blocker("curve_length", N_("The curve needs a weight for each of 24 hours."), "draw.curve")
        elif not any(definition.draw.curve):
            yield Blocker("curve_flat", N_("At least one hour needs a weight."), "draw.curve")


def _pool(definition: Definition) -> Iterator[Blocker]:
    """The prize pool must be able to answer every play."""
    prizes = definition.prizes
    seen: set[int] = set()
    for at, prize in enumerate(prizes):
        where = f"prizes.{at}"
        if prize.no in seen:
            yield Blocker("prize_no_twice", N_("Two prizes have this number."), f"{where}.no")
        seen.add(prize.no)
        if prize.kind in ("gift", "coupon") and prize.template_id is None:
            yield Blocker(
                "template_missing", N_("Choose the coupon that this prize gives."), f"{where}.template_id"
            )
        if prize.kind not in ("gift", "coupon") and prize.template_id is not None:
            yield Blocker(
                "template_unwanted", N_("Only gifts and coupons have a template."), f"{where}.template_id"
            )
        if prize.kind == "points" and prize.points == 0:
            yield Blocker("points_missing", N_("How many points does this prize give?"), f"{where}.points")
        if prize.kind != "points" and prize.points:
            yield Blocker("points_unwanted", N_("Only points prizes give points."), f"{where}.points")
        if prize.fallback and prize.stock is not None:
            yield Blocker(
                "fallback_limited",
                N_("The fallback prize answers every other play: it has no limit."),
                f"{where}.stock",
            )
    fallbacks = [at for at, prize in enumerate(prizes) if prize.fallback]
    if len(fallbacks) != 1:
        yield Blocker("fallback_count", N_("Exactly one prize is the fallback prize."), "prizes")
    total = sum(prize.odds_ppm for prize in prizes if not prize.fallback)
    if total > PPM:
        last = max(at for at, prize in enumerate(prizes) if prize.odds_ppm and not prize.fallback)
        yield Blocker(
            "odds_over_100",
            N_("Together the odds are %(percent)s %%, which is over 100 %%."),
            f"prizes.{last}.odds_ppm",
            {"percent": f"{total / 10_000:g}"},
        )


def _compliance(definition: Definition, ceiling_fen: int) -> Iterator[Blocker]:
    """What the law on promotions asks to be stated, and its ceiling on prizes."""
    real = [(at, prize) for at, prize in enumerate(definition.prizes) if not prize.fallback]
    if not real:
        yield Blocker("prizes_missing", N_("State at least one prize besides the fallback prize."), "prizes")
    for at, prize in real:
        where = f"prizes.{at}"
        if prize.value_fen > ceiling_fen:
            yield _over_ceiling(f"{where}.value_fen", ceiling_fen)
        if prize.kind in ("gift", "coupon") and not prize.value_fen:
            yield Blocker("value_missing", N_("State what this prize is worth."), f"{where}.value_fen")
        if not _can_be_won(definition, prize):
            yield Blocker(
                "odds_missing", N_("This prize cannot be won: it has no odds."), f"{where}.odds_ppm"
            )
        if prize.stock == 0:
            yield Blocker("stock_missing", N_("This prize has no stock."), f"{where}.stock")
    limits = definition.limits
    granted = definition.challenge and definition.challenge.grants and definition.challenge.granted_at_most
    if not (limits.free or limits.free_per_day or granted):
        yield Blocker(
            "chances_missing", N_("Nobody would ever have a chance to play."), "limits.free_per_day"
        )


def _over_ceiling(where: str, ceiling_fen: int) -> Blocker:
    words = N_("The dearest prize may be worth %(ceiling)s yuan.")
    return Blocker("prize_over_ceiling", words, where, {"ceiling": yuan(ceiling_fen)})


def _can_be_won(definition: Definition, prize: Prize) -> bool:
    by_itself = prize.stock is not None and definition.draw.strategy in ("moments", "exactly")
    return by_itself or prize.odds_ppm > 0


def _time(definition: Definition, campaign: Campaign, now: datetime) -> Iterator[Blocker]:
    if definition.period.ends_at <= now:
        yield Blocker("ends_in_past", N_("The end lies in the past."), "period.ends_at")
    if definition.type != campaign.type:
        yield Blocker("type_changed", N_("The type of a campaign cannot be changed."), "type")


def _coupons(db: Session, definition: Definition, ceiling_fen: int, *, hold: bool) -> Iterator[Blocker]:
    """What a prize gives must exist, outlast the campaign, and be worth what consumers are told."""
    for at, prize in enumerate(definition.prizes):
        if prize.template_id is None:
            continue
        where = f"prizes.{at}.template_id"
        try:
            template = marketing.template(db, prize.template_id, hold=hold)
        except NotFound:
            yield Blocker("template_unknown", N_("There is no such coupon."), where)
            continue
        if template.state != "active":
            yield Blocker("template_inactive", N_("This coupon is not active."), where)
        elif template.valid_until <= definition.period.ends_at:
            yield Blocker("template_expires", N_("This coupon expires before the campaign ends."), where)
        yield from _worth(template, prize, f"prizes.{at}.value_fen", ceiling_fen)


def _worth(
    template: marketing.CouponTemplate, prize: Prize, where: str, ceiling_fen: int
) -> Iterator[Blocker]:
    """What the coupon takes off at most, where it says so, against what is stated and what the law allows."""
    worth = template.value if template.kind == "amount" else template.cap_fen
    if worth is None:
        return
    if prize.value_fen > worth:
        yield Blocker(
            "value_overstated",
            N_("The coupon takes off at most %(worth)s yuan; no more can be stated."),
            where,
            {"worth": yuan(worth)},
        )
    if worth > ceiling_fen >= prize.value_fen:
        yield _over_ceiling(where, ceiling_fen)


def _games(db: Session, definition: Definition) -> Iterator[Blocker]:
    kind = campaign_type(definition.type)
    yield from _game(db, definition.game, "game", scored=False)
    if definition.challenge is not None:
        yield from _game(db, definition.challenge.game, "challenge.game", scored=True)
    elif kind.needs_challenge:
        yield Blocker("challenge_missing", N_("This campaign type needs a skill game."), "challenge")


def _game(db: Session, choice: GameChoice, where: str, *, scored: bool) -> Iterator[Blocker]:
    game = games.discover().get(choice.slug)
    if game is None:
        yield Blocker("game_unknown", N_("There is no such game."), f"{where}.slug")
        return
    if (game.scoring is not None) != scored:
        yield Blocker("game_kind", N_("This game does not fit here."), f"{where}.slug")
        return
    settings: type[BaseModel] = game.settings
    try:
        settings.model_validate(choice.config)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            yield _mistake(one, f"{where}.config.")
    yield from (Blocker(*reason) for reason in unfitting(db, choice, game, where))
