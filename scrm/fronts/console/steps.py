"""The steps of the campaign editor, and which of the draft's fields each of them shows."""

from typing import NamedTuple

from center_core.kit import N_


class Step(NamedTuple):
    """One section of the editor; ``fields`` are the beginnings of the paths it shows."""

    name: str
    text: str
    fields: tuple[str, ...]


STEPS = (
    Step("basics", N_("Basics"), ("title", "intro", "period", "type", "format")),
    Step("game", N_("Game and theme"), ("game", "theme", "challenge", "leaderboard")),
    Step("prizes", N_("Prizes"), ("prizes", "draw")),
    Step("entry", N_("Limits and entry"), ("entry", "limits")),
    Step("texts", N_("Texts and rules"), ("claim_rules", "share", "records_years")),
)


def step_of(field: str) -> str:
    """The name of the step that shows the field at the path ``field``; the first for what none shows."""
    first = field.partition(".")[0]
    return next((step.name for step in STEPS if first in step.fields), STEPS[0].name)
