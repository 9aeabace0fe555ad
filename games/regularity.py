"""Whether hands can have pressed like this at all, whichever game it was."""

from collections import Counter
from itertools import pairwise

from .inputs import Log

FLAG = "inhuman_regularity"

# Gaps between two presses of the same kind, in ticks. Shorter ones belong to fingers that drum, longer ones to somebody
# who waits for the game.
SHORTEST, LONGEST = 4, 180
# An input with a value may be a finger that slides, whose every move is one: these come as evenly as a phone shows
# frames, and even a poor one shows more of them than one in so many ticks.
SLOWEST_SLIDE = 8
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
    return any(_even(ticks, may_slide=valued) for (_, valued), ticks in pressed.items())


def _even(ticks: list[int], *, may_slide: bool) -> bool:
    shortest = 0 if may_slide else SHORTEST
    gaps = Counter(later - tick for tick, later in pairwise(ticks) if shortest <= later - tick <= LONGEST)
    if gaps.total() < ENOUGH:
        return False
    [(usual, times)] = gaps.most_common(1)
    return times >= SHARE * gaps.total() and not (may_slide and usual < SLOWEST_SLIDE)
