"""Changes of a draft's shape that a form field cannot express: rows that come and go, another game."""

from collections.abc import Callable, Mapping
from typing import Any

import games
from center_core.kit import N_, Refused

from .draft_fields import get, put
from .game_change import change_game
from .mark_advice import advice

MOST_PRIZES = 12
MOST_GRANTS = 5

Draft = dict[str, Any]


def apply_change(draft: Draft, change: str) -> str | None:
    """Apply ``"name:argument"`` as the editor's buttons send it. Refuses what it does not know.

    Returns what the person should know about it, if anything.
    """
    name, _, argument = change.partition(":")
    if name not in CHANGES:
        raise Refused("change_unknown", N_("This change of the draft is unknown."))
    return CHANGES[name](draft, argument)


def _add_prize(draft: Draft, _argument: str) -> None:
    prizes = draft.setdefault("prizes", [])
    if len(prizes) >= MOST_PRIZES:
        raise Refused("too_many_prizes", N_("At most %(most)s prizes."), most=MOST_PRIZES)
    # A number stays with its prize for ever: receipts name it.
    number = 1 + max((prize.get("no", 0) for prize in prizes), default=0)
    prizes.append({"no": number, "name": {"zh": "", "en": ""}, "kind": "coupon", "stock": 100, "odds_ppm": 0})


def _remove_prize(draft: Draft, index: str) -> None:
    _remove(draft.get("prizes"), index)


def _make_fallback(draft: Draft, index: str) -> None:
    """The fallback prize is what every play wins that wins nothing else, so it has neither stock nor odds."""
    for place, prize in enumerate(draft.get("prizes", [])):
        prize["fallback"] = str(place) == index
        if prize["fallback"]:
            prize.pop("stock", None)
            prize.pop("odds_ppm", None)


def _choose_game(draft: Draft, argument: str) -> str | None:
    """Another game, with what fits of the settings, pictures and words that the one before had."""
    path, _, slug = argument.partition("=")
    if path not in ("game", "challenge.game") or slug not in games.discover():
        raise Refused("game_unknown", N_("There is no such game."))
    return change_game(draft, path, slug)


def _add_grant(draft: Draft, _argument: str) -> None:
    grants = get(draft, "challenge.grants")
    if grants is None:
        put(draft, "challenge.grants", grants := [])
    if len(grants) >= MOST_GRANTS:
        raise Refused("too_many_grants", N_("At most %(most)s marks."), most=MOST_GRANTS)
    grants.append({"reach": grants[-1]["reach"] if grants else 0, "chances": 1})


def _fit_mark(draft: Draft, index: str) -> None:
    """The mark that people can be expected to reach, in place of one that does not fit the game."""
    for one in advice(draft):
        if str(one.at) == index:
            put(draft, one.field, one.fitting)


def _remove_grant(draft: Draft, index: str) -> None:
    _remove(get(draft, "challenge.grants"), index)


def _remove(rows: list[Any] | None, index: str) -> None:
    if rows and index.isdecimal() and int(index) < len(rows):
        del rows[int(index)]


CHANGES: Mapping[str, Callable[[Draft, str], str | None]] = {
    "add-prize": _add_prize,
    "remove-prize": _remove_prize,
    "make-fallback": _make_fallback,
    "choose-game": _choose_game,
    "add-grant": _add_grant,
    "remove-grant": _remove_grant,
    "fit-mark": _fit_mark,
}
