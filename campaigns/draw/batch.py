"""One batch of plays: from questions to one call of ``draw_batch`` and back to answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import psycopg

from center_core.kit import N_, Refused, local_day, random_code, uuid7

from ..live import Live
from .fairness import number_of


@dataclass(eq=False, slots=True)
class Ask:
    """One member's question for a play, under the key that the phone made."""

    member_id: UUID
    key: str
    now: datetime


class Played(NamedTuple):
    """The decided play. ``chances`` is what the member has left; ``replayed`` that it was decided before."""

    play_id: UUID
    member_id: UUID
    prize_no: int
    unit_no: int | None
    n: int
    chances: int
    replayed: bool


class Stale(Exception):
    """The campaign was changed since the caller read it: read it again and ask again."""


class NotEntered(Exception):
    """The member has to enter the campaign first, which checks the entry rules."""


Answer = Played | Refused | NotEntered

REFUSALS = {
    "not_active": ("entry_refused", N_("This membership cannot take part in campaigns.")),
    "play_limit": ("play_limit", N_("You have played as often as this campaign allows.")),
    "play_day_limit": ("play_day_limit", N_("You have played as often as is allowed today.")),
    "no_chance": ("no_chance", N_("You have no chance left to play.")),
}

DRAW = """
select o, verdict, play_id, prize_no, unit_no, n, chances
  from draw_batch(%s::uuid, %s::timestamptz, %s::date, %s::jsonb, %s::jsonb, %s::uuid,
                  %s::text::uuid[], %s::text::text[], %s::text::bigint[], %s::text::int[], %s::text::uuid[],
                  %s::text::text[])
"""


@dataclass
class Batch:
    """Plays of one campaign that are decided together. Ids are made once, so that a second try is the same call."""

    asks: Sequence[Ask]
    ids: list[UUID] = field(init=False)
    event_id: UUID = field(init=False)

    largest: ClassVar[int] = 500

    def __post_init__(self) -> None:
        self.ids = [uuid7() for _ in self.asks]
        self.event_id = uuid7()

    def decide(
        self, connection: psycopg.Connection[Any], live: Live, *, final: Sequence[int] | None = None
    ) -> list[Answer]:
        """Ask PostgreSQL; on an autocommit connection the answers are durable when this returns.

        ``final`` gives each play its prize, in the draw at the end of a campaign.
        """
        return self._answers(connection.execute(DRAW, self._question(live, final)).fetchall())

    def _question(self, live: Live, final: Sequence[int] | None) -> tuple[object, ...]:
        """What ``draw_batch`` is called with."""
        at = max(ask.now for ask in self.asks)
        seed, campaign, fall = live.seed, str(live.id), live.odds.fall
        members = [str(ask.member_id) for ask in self.asks]
        numbers = [
            number_of(seed, campaign, member, ask.key) for member, ask in zip(members, self.asks, strict=True)
        ]
        drawn = [fall(number) for number in numbers] if final is None else final
        return (
            live.id,
            at,
            local_day(at, live.zone),
            live.rules if final is None else live.final_rules,
            live.prize_lines(at),
            self.event_id,
            _array(members),
            _array(ask.key for ask in self.asks),
            _array(numbers),
            _array(drawn),
            _array(self.ids),
            _array(self._codes(live, drawn)),
        )

    def _codes(self, live: Live, drawn: Sequence[int]) -> list[str]:
        """A coupon code for each play that may win a coupon; making them for all would cost more than the draw."""
        return [random_code() if no in live.may_win_coupon else "-" for no in drawn]

    def _answers(self, rows: Sequence[tuple[Any, ...]]) -> list[Answer]:
        answers: dict[int, Answer] = {}
        for o, verdict, play_id, prize_no, unit_no, n, chances in rows:
            if verdict == "stale":
                raise Stale
            if verdict in ("drawn", "replayed"):
                member_id = self.asks[o - 1].member_id
                answers[o] = Played(play_id, member_id, prize_no, unit_no, n, chances, verdict == "replayed")
            elif verdict == "not_entered":
                answers[o] = NotEntered()
            else:
                key, words = REFUSALS[verdict]
                answers[o] = Refused(key, words, chances=chances)
        return [answers[o] for o in range(1, len(self.asks) + 1)]


def _array(values: Iterable[object]) -> str:
    """A PostgreSQL array literal of values that need no quotes: ids, numbers, and keys of a checked alphabet."""
    return "{" + ",".join(map(str, values)) + "}"
