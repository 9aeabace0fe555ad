"""Which reactions each event has: the one map for relay and workers, merged from the layers' policies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from campaigns import policies as campaigns
from center_core import policies as centres
from center_core.kit import Event, Handler, Outside, Telling
from scrm import forgetting
from scrm.adapters import policies as adapters
from scrm.engagement import policies as engagement

Reaction = Handler | Outside | Telling
When = Mapping[type[Event], tuple[Reaction, ...]]


def merged(maps: Iterable[When]) -> dict[type[Event], tuple[Reaction, ...]]:
    """One map: the reactions of lower layers come first."""
    when: dict[type[Event], tuple[Reaction, ...]] = {}
    for layer in maps:
        for event, reactions in layer.items():
            when[event] = (*when.get(event, ()), *reactions)
    return when


WHEN = merged((centres.WHEN, campaigns.WHEN, engagement.WHEN, adapters.WHEN, forgetting.WHEN))


def name_of(reaction: Reaction) -> str:
    """What `delivery` remembers a reaction by, so it must outlive the process."""
    if isinstance(reaction, Outside | Telling):
        return reaction.name
    return f"{reaction.__module__}.{reaction.__name__}"


@dataclass(frozen=True)
class Wiring:
    """A handler map as relay and workers need it: by the event's name, then by the reaction's."""

    reactions: Mapping[str, Mapping[str, Reaction]]

    @classmethod
    def of_map(cls, when: When) -> Self:
        """Refuses two reactions of one name to one event: the second would never be delivered."""
        reactions: dict[str, dict[str, Reaction]] = {}
        for event, these in when.items():
            named = {name_of(reaction): reaction for reaction in these}
            if len(named) < len(these):
                raise ValueError(f"{event.__name__} is wired twice to a reaction of one name")
            reactions[event.__name__] = named
        return cls(reactions)

    def of(self, event: str) -> Mapping[str, Reaction]:
        return self.reactions.get(event, {})

    def carried(self) -> dict[str, int]:
        """How many reactions each kind of event has that may be delivered at once by whoever published it in a job.

        Calls to other parties may take their time, so these are left to the relay.
        """
        return {kind: len(self.of(kind)) for kind in Event.registry if not self.calls_outside(kind)}

    def calls_outside(self, event: str) -> bool:
        """Whether one of its reactions calls another party."""
        return any(isinstance(reaction, Outside) for reaction in self.of(event).values())
