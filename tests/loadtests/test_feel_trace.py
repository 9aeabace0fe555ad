"""What a frame costs beside its painting is read off a trace."""

import json

from loadtests.feel_trace import FRAME, PAINTING, TASK, own_work

PAGE = {"pid": 1, "tid": 1}
OTHER = {"pid": 2, "tid": 1}


def _event(name: str, at: int, long: int, cpu: int, thread: dict[str, int] = PAGE) -> dict[str, object]:
    return {"ph": "X", "name": name, "ts": at, "dur": long, "tdur": cpu, **thread}


def test_work_between_two_frames_counts_without_painting_and_other_threads() -> None:
    events = [
        _event(TASK, 0, 900, 900),  # before the first frame
        *(_event(FRAME, at + 100, 3000, 3000) for at in (1000, 17000, 33000)),
        *(_event(TASK, at, 5000, 4000) for at in (1000, 17000, 33000)),
        _event(PAINTING, 2000, 2000, 1500),
        _event(TASK, 8000, 700, 500),
        _event(PAINTING, 18000, 3000, 3000),
        _event(TASK, 9000, 6000, 6000, OTHER),
        _event(FRAME, 9000, 6000, 6000, OTHER),
        {"ph": "M", "name": "thread_name", **PAGE},
    ]
    assert own_work(json.dumps({"traceEvents": events}).encode()) == [3.0, 1.0]
