"""What each frame costs the page's main thread beside the painting of canvases, read from a trace of Chromium.

Without a graphics chip Chromium paints a canvas with the processor, on the main thread, when the frame is handed on:
that is told apart here from the scripts, styles and layout that every phone's processor has to do.
"""

import json
from bisect import bisect
from collections.abc import Iterable
from itertools import groupby
from typing import Any

# Of Chromium's many kinds of events only those that name the ones below.
CATEGORIES = ["toplevel", "cc"]
FRAME = "ProxyMain::BeginMainFrame"
TASK = "ThreadControllerImpl::RunTask"
PAINTING = "LayerTreeHost::DoUpdateLayers"

Event = dict[str, Any]


def own_work(trace: bytes) -> list[float]:
    """Milliseconds of CPU from the beginning of each frame to that of the next one, without painting."""
    events = _of_the_page(json.loads(trace)["traceEvents"])
    begins = sorted(event["ts"] for event in events if event["name"] == FRAME)
    spent = [0.0] * (len(begins) + 1)
    for event in events:
        if event["name"] != FRAME:
            sign = 1 if event["name"] == TASK else -1
            # A frame begins within its task; what came before the first one, or with the last, is no whole frame.
            spent[bisect(begins, event["ts"] + event["dur"])] += sign * event["tdur"] / 1000
    return spent[1:-1]


def _of_the_page(events: Iterable[Event]) -> list[Event]:
    """What the thread with the most frames did; a browser has more of them than the page's."""
    wanted = {FRAME, TASK, PAINTING}
    complete = [event for event in events if event.get("name") in wanted and "tdur" in event]
    threads = groupby(sorted(complete, key=_thread), _thread)
    return max((list(own) for _, own in threads), key=lambda own: sum(it["name"] == FRAME for it in own))


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]
