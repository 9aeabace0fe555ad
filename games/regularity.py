"""Whether hands can have pressed like this at all, whichever game it was."""

from collections import Counter
from itertools import pairwise

from .inputs import Log

FLAG = "inhuman_regularity"

# Gaps between two presses of the same kind, in ticks. Shorter ones belong to a finger that slides, whose every move
# is an input (and slides are inputs with a value, which come as rarely as a poor phone shows frames); longer ones to
# somebody who waits for the game.
SHORTEST_PRESS, SHORTEST_WITH_VALUE, LONGEST = 4, 20, 180
ENOUGH = 24
# A hand scatters by a tick and more, so that not even half of its gaps are of one length. A phone that shows only
# fifteen frames a second, and notes each press at a frame, makes of quick tapping three quarters.
SHARE = 0.9


def inhumanly_regular(log: Log) -> bool:
    """Whether nearly all presses of one kind follow each other after exactly the same time.

    What a game's own ``flags`` can see besides, such as each beat being met to the tick, it judges itself.
    """
    pressed: dict[tuple[str, bool], list[int]] = {}
    for event in log.events:
        pressed.setdefault((event.action, bool(event.values)), []).append(event.tick)
    return any(
        _even(ticks, SHORTEST_WITH_VALUE if valued else SHORTEST_PRESS)
        for (_, valued), ticks in pressed.items()
    )


def _even(ticks: list[int], shortest: int) -> bool:
    gaps = Counter(later - tick for tick, later in pairwise(ticks) if shortest <= later - tick <= LONGEST)
    return gaps.total() >= ENOUGH and max(gaps.values()) >= SHARE * gaps.total()
