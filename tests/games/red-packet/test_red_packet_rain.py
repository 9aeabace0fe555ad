"""The rain: it ends in time, can be caught, and what is caught is what is seen."""

import itertools
import json
from random import Random
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from games.catalog import FOLDER

HELP = """
globalThis.forecastOf = (question) => {
  const { dice, ...weather } = JSON.parse(question);
  let n = 0;
  return JSON.stringify(forecast({ ...weather, dice: (below) => dice[n++ % dice.length] % below }));
};
globalThis.placed = (question) => {
  const { packet, time, calm } = JSON.parse(question);
  return JSON.stringify(placeOf(packet, time, calm));
};
globalThis.touched = (question) => {
  const { packets, x, y, time, reach, calm } = JSON.parse(question);
  return packets.indexOf(packets.find((packet) => packet === under(packets, x, y, time, reach, calm)));
};
globalThis.next = (question) => {
  const { packets, time } = JSON.parse(question);
  return packets.indexOf(nextToLand(packets, time, false));
};
"""
REACH = [0.12, 0.1]


@pytest.fixture(scope="module")
def rain() -> Any:
    """The rain in an engine of its own; what it answers is read from JSON."""
    engine = quickjs.Context()
    engine.module((FOLDER / "red-packet" / "rain.js").read_text() + HELP)

    def ask(name: str, **question: Any) -> Any:
        answer = engine.get(name)(json.dumps(question))
        return json.loads(answer) if isinstance(answer, str) else answer

    return ask


def packets_of(rain: Any, seed: int, seconds: int = 10, shower: str = "brisk") -> list[dict[str, float]]:
    chance = Random(seed)
    dice = [chance.randrange(10_000) for _ in range(997)]
    found: list[dict[str, float]] = rain("forecastOf", seconds=seconds, shower=shower, dice=dice)
    return found


@given(
    seed=st.integers(0, 10**6),
    seconds=st.integers(6, 15),
    shower=st.sampled_from(["gentle", "brisk", "heavy"]),
)
def test_the_rain_ends_in_time_and_packets_keep_apart(
    rain: Any, seed: int, seconds: int, shower: str
) -> None:
    packets = packets_of(rain, seed, seconds, shower)
    assert len(packets) >= seconds * 0.8
    assert all(packet["born"] + packet["fall"] <= seconds for packet in packets)
    assert all(0.06 < packet["x"] < 0.94 for packet in packets)
    for one, following in itertools.pairwise(packets):
        assert one["born"] < following["born"]
        assert int(one["x"] * 5) != int(following["x"] * 5)
        assert following["fall"] <= one["fall"] + 1e-9, "it falls faster and faster"


def test_a_harder_shower_has_more_packets(rain: Any) -> None:
    gentle, brisk, heavy = (len(packets_of(rain, 3, 10, shower)) for shower in ("gentle", "brisk", "heavy"))
    assert gentle * 1.2 < brisk < heavy / 1.2


@pytest.mark.parametrize("calm", [False, True])
@given(seed=st.integers(0, 10**6), part=st.floats(0.2, 0.85))
def test_a_finger_on_a_packet_catches_one(rain: Any, calm: bool, seed: int, part: float) -> None:
    packets = packets_of(rain, seed)
    packet = packets[len(packets) // 2]
    time = packet["born"] + packet["fall"] * part
    place = rain("placed", packet=packet, time=time, calm=calm)
    found = rain("touched", packets=packets, x=place["x"], y=place["y"], time=time, reach=REACH, calm=calm)
    assert found >= 0
    there = rain("placed", packet=packets[found], time=time, calm=calm)
    assert abs(there["x"] - place["x"]) <= REACH[0]
    assert abs(there["y"] - place["y"]) <= REACH[1]


def test_a_packet_is_caught_once(rain: Any) -> None:
    packets: list[dict[str, Any]] = [dict(packets_of(rain, 5)[0])]
    time = packets[0]["born"] + packets[0]["fall"] / 2
    place = rain("placed", packet=packets[0], time=time, calm=False)
    question = {"x": place["x"], "y": place["y"], "time": time, "reach": REACH, "calm": False}
    assert rain("touched", packets=packets, **question) == 0
    packets[0]["caught"] = True
    assert rain("touched", packets=packets, **question) == -1


def test_the_button_catches_what_lands_next(rain: Any) -> None:
    packets = packets_of(rain, 8)
    time = 5.0
    falling = [
        n for n, packet in enumerate(packets) if packet["born"] <= time <= packet["born"] + packet["fall"]
    ]
    assert rain("next", packets=packets, time=time) == min(
        falling, key=lambda n: packets[n]["born"] + packets[n]["fall"]
    )
