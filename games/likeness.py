"""Whether today's scene can show a round by earlier rules: their states must hold what those of today hold."""

import json
from typing import Any

import quickjs

from .catalog import Game
from .referee import sandbox

SEED = "0" * 32
# The first state, with what it is made of in place of what it says. What a list holds at the start tells nothing.
FORM = """
const form = (value) =>
  Array.isArray(value) ? "list"
  : value === null || typeof value !== "object" ? typeof value
  : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, form(inner)]));
globalThis.formOf = (config, seed) => JSON.stringify(form(rules.init(JSON.parse(config), seed)));
"""


def can_show(today: Game, earlier: Game) -> bool:
    """Whether whatever stands in a state of ``today`` stands in one of ``earlier`` as well, and is of its kind."""
    try:
        return _holds(_form(earlier), _form(today))
    except quickjs.JSException:
        return False


def _form(game: Game) -> Any:
    engine = sandbox(game.rules)
    engine.eval(FORM)
    return json.loads(engine.get("formOf")(json.dumps(game.configured({})), SEED))


def _holds(form: Any, wanted: Any) -> bool:
    if isinstance(form, dict) and isinstance(wanted, dict):
        return all(name in form and _holds(form[name], inner) for name, inner in wanted.items())
    # What is nothing at the start may become anything.
    return bool(form == wanted) or "object" in (form, wanted)
