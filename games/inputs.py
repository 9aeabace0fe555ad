"""The recorded inputs of one round as bytes: small enough to keep for ever, strict enough to trust.

    version  1 byte, now 1
    ticks    varint: how long the round took, in ticks of the game's clock
    count    varint: how many inputs follow, so that a recording cut anywhere is known to be cut
    then for each input, in the order of time:
      wait   varint: ticks since the input before it (the first one: since the start)
      action 1 byte: its place among the actions of game.toml
      values one zigzag varint for each value that the action takes

Varints are LEB128 in their shortest form, so that equal rounds are equal bytes. The phone's writer of the
same format is ``_kernel/log.js``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .refusal import N_, Impossible

VERSION = 1
# Ten fingers cannot do more within a sixtieth of a second.
MAX_EVENTS_IN_A_TICK = 8
_MAX_VARINT = 2**31 - 1

Actions = Mapping[str, Sequence[tuple[int, int]]]
"""The actions of a game, in the order of game.toml, with the least and greatest of each of their values."""


class Event(NamedTuple):
    """One input: what the player did at which tick."""

    tick: int
    action: str
    values: tuple[int, ...] = ()


@dataclass(frozen=True)
class Log:
    """All inputs of a round, and how many ticks it took."""

    ticks: int
    events: tuple[Event, ...]


def encode(log: Log, actions: Actions) -> bytes:
    """``log`` as bytes; what the phone sends."""
    place = {action: n for n, action in enumerate(actions)}
    packed = bytearray([VERSION])
    _put(packed, log.ticks)
    _put(packed, len(log.events))
    before = 0
    for event in log.events:
        _put(packed, event.tick - before)
        packed.append(place[event.action])
        for value in event.values:
            _put(packed, value * 2 if value >= 0 else -value * 2 - 1)
        before = event.tick
    return bytes(packed)


def decode(packed: bytes, actions: Actions, *, max_ticks: int, max_bytes: int) -> Log:
    """The log in ``packed``. Raises :class:`Impossible` for anything a phone could not have recorded."""
    if len(packed) > max_bytes:
        raise Impossible(
            "round_inputs_too_large",
            N_("The recording of this round is larger than %(limit)s bytes."),
            limit=max_bytes,
            bytes=len(packed),
        )
    try:
        return _read(_numbers(packed).__next__, actions, max_ticks)
    except StopIteration:
        raise _truncated() from None


def _read(take: Callable[[], int], actions: Actions, max_ticks: int) -> Log:
    """The log whose numbers ``take`` gives one after the other."""
    if take() != VERSION:
        raise _junk("version")
    ticks = take()
    if ticks > max_ticks:
        raise Impossible(
            "round_too_long",
            N_("This round claims to have taken longer than the game lasts."),
            limit=max_ticks,
            ticks=ticks,
        )
    known = list(actions.items())
    events: list[Event] = []
    tick = together = 0
    for _ in range(take()):
        wait = take()
        tick += wait
        together = 1 if wait else together + 1
        if together > MAX_EVENTS_IN_A_TICK:
            raise _junk("too_many_at_once")
        if tick >= ticks:
            raise Impossible(
                "round_inputs_after_end", N_("This recording goes on after the end of the round."), tick=tick
            )
        code = take()
        if code >= len(known):
            raise _junk("action")
        action, bounds = known[code]
        events.append(Event(tick, action, tuple([_signed(take(), *bound) for bound in bounds])))
    if not _ended(take):
        raise _junk("rest")
    return Log(ticks, tuple(events))


def _numbers(packed: bytes) -> Iterator[int]:
    """The varints in ``packed``. An action's byte is one too, since no game has as many as 128."""
    value = shift = 0
    for byte in packed:
        # Nearly all numbers are of one byte, and a finger that slides for a minute leaves thousands.
        if byte < 0x80 and not shift:
            yield byte
            continue
        value |= (byte & 0x7F) << shift
        shift += 7
        if value > _MAX_VARINT:
            raise _junk("number")
        if byte < 0x80:
            if byte == 0:  # a longer form of a shorter number
                raise _junk("number")
            yield value
            value = shift = 0
    if shift:
        raise _truncated()


def _ended(take: Callable[[], int]) -> bool:
    try:
        take()
    except StopIteration:
        return True
    return False


def _signed(zigzag: int, least: int, most: int) -> int:
    value = zigzag >> 1 if zigzag & 1 == 0 else -(zigzag + 1 >> 1)
    if not least <= value <= most:
        raise _junk("value")
    return value


def _put(packed: bytearray, number: int) -> None:
    while number >= 0x80:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    packed.append(number)


def _truncated() -> Impossible:
    return Impossible("round_inputs_truncated", N_("The recording of this round is incomplete."))


def _junk(what: str) -> Impossible:
    return Impossible("round_inputs_junk", N_("The recording of this round cannot be read."), what=what)
