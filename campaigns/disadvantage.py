"""Published odds, prizes, period and limits are a promise: what a new version may not take back.

Pure but for the games, which it asks what their settings are.
"""

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

import games
from center_core.kit import N_

from .definition import Definition, GameChoice, Prize

Reason = tuple[str, str, str]
"""Key, text, field."""


def disadvantages(before: Definition, after: Definition, now: datetime) -> Iterator[Reason]:
    """Where ``after`` would be worse for consumers than ``before``, which they were shown and may have played by."""
    yield from _of_period(before, after)
    yield from _of_prizes(before, after)
    yield from _of_limits(before, after)
    if before.period.starts_at <= now:
        yield from _of_challenge(before, after)
    if not _entry_widened(before, after):
        yield "entry_narrowed", N_("Who may take part cannot be narrowed after publication."), "entry"
    if after.draw != before.draw:
        yield "draw_changed", N_("How prizes are drawn cannot be changed after publication."), "draw.strategy"
    # Of two texts nobody can compute which one promises less.
    if after.claim_rules != before.claim_rules:
        yield "claim_rules_changed", N_("Published claim rules cannot be changed."), "claim_rules"
    if after.records_years < before.records_years:
        yield (
            "records_shortened",
            N_("Records cannot be kept for less time than was stated."),
            "records_years",
        )


def worse_start(before: Definition, after: Definition) -> bool:
    """A start may come sooner, not later, unless it has passed anyway."""
    return after.period.starts_at > before.period.starts_at


def _of_period(before: Definition, after: Definition) -> Iterator[Reason]:
    if after.period.ends_at < before.period.ends_at:
        yield "period_shortened", N_("The published period cannot be shortened."), "period.ends_at"
    if worse_start(before, after):
        yield "period_shortened", N_("The published period cannot be shortened."), "period.starts_at"
    if after.period.zone != before.period.zone:
        yield "zone_changed", N_("The time zone cannot be changed after publication."), "period.zone"
    if before.draw.strategy == "moments" and _bounds(after) != _bounds(before):
        yield (
            "moments_fixed",
            N_("The moments of release are fixed, and with them the period."),
            "period.ends_at",
        )


def _bounds(definition: Definition) -> tuple[datetime, datetime]:
    return definition.period.starts_at, definition.period.ends_at


def _of_prizes(before: Definition, after: Definition) -> Iterator[Reason]:
    places = {prize.no: (at, prize) for at, prize in enumerate(after.prizes)}
    for old in before.prizes:
        if old.no not in places:
            yield "prize_removed", N_("A published prize cannot be removed."), "prizes"
            continue
        at, new = places[old.no]
        for key, text, name in _of_prize(before, old, new):
            yield key, text, f"prizes.{at}.{name}"
    known = {prize.no for prize in before.prizes}
    for no, (at, prize) in places.items():
        if no not in known and before.draw.strategy == "moments" and prize.stock is not None:
            yield (
                "moments_fixed",
                N_("The moments of release are fixed, and with them the stock."),
                f"prizes.{at}.stock",
            )


def _of_prize(before: Definition, old: Prize, new: Prize) -> Iterator[Reason]:
    if (new.kind, new.template_id, new.fallback) != (old.kind, old.template_id, old.fallback):
        yield "prize_changed", N_("A published prize cannot become another one."), "kind"
    if new.name != old.name:
        yield "prize_renamed", N_("A published prize keeps its name."), "name"
    if new.points < old.points:
        yield "prize_lowered", N_("A published prize cannot be worth less."), "points"
    if new.value_fen < old.value_fen:
        yield "prize_lowered", N_("A published prize cannot be worth less."), "value_fen"
    if new.odds_ppm < old.odds_ppm:
        yield "odds_lowered", N_("Published odds cannot be lowered."), "odds_ppm"
    if new.stock != old.stock:
        if old.stock is None or new.stock is None:
            yield "stock_kind", N_("A published prize cannot change between limited and unlimited."), "stock"
        elif new.stock < old.stock:
            yield "stock_lowered", N_("A published stock cannot be lowered."), "stock"
        elif before.draw.strategy == "moments":
            yield "moments_fixed", N_("The moments of release are fixed, and with them the stock."), "stock"


def _of_limits(before: Definition, after: Definition) -> Iterator[Reason]:
    for name in ("plays", "plays_per_day"):
        old, new = getattr(before.limits, name), getattr(after.limits, name)
        if new is not None and (old is None or new < old):
            yield "limits_lowered", N_("Published limits cannot be tightened."), f"limits.{name}"
    for name in ("free", "free_per_day"):
        if getattr(after.limits, name) < getattr(before.limits, name):
            yield "limits_lowered", N_("Published limits cannot be tightened."), f"limits.{name}"


def _of_challenge(before: Definition, after: Definition) -> Iterator[Reason]:
    """Scores of two games stand on no common list: their units differ, and whether the low ones lead."""
    if before.challenge is None:
        return
    if after.challenge is None:
        yield (
            "challenge_removed",
            N_("Members have scores in this game of skill, so it stays until the campaign ends."),
            "challenge",
        )
    elif after.challenge.game.slug != before.challenge.game.slug:
        yield (
            "challenge_changed",
            N_("Members have scores in the game that was published. Begin a new campaign for another game."),
            "challenge.game.slug",
        )
    else:
        yield from _of_rounds(before.challenge.game, after.challenge.game)


def _of_rounds(before: GameChoice, after: GameChoice) -> Iterator[Reason]:
    """Nor do scores of an easy round and a hard one. A bank of questions may change: it can hold a mistake."""
    game = games.discover().get(before.slug)
    if game is None:
        return
    try:
        old, new = game.shown(before.config), game.shown(after.config)
    except ValidationError:
        return  # What a game no longer has cannot stay.
    for name in old:
        if old[name] != new[name]:
            yield (
                "challenge_settings_changed",
                N_("Members have scores by what was published, so it stays until the campaign ends."),
                f"challenge.game.config.{name}",
            )


def _entry_widened(before: Definition, after: Definition) -> bool:
    """Each condition is dropped, or holds at least the same values."""
    old, new = before.entry, after.entry
    return (not new.new_members or old.new_members) and all(
        not wider or (bool(narrow) and set(narrow) <= set(wider))
        for narrow, wider in (
            (old.tiers, new.tiers), (old.tags, new.tags), (old.store_ids, new.store_ids),
        )
    )  # fmt: skip
