"""WHEN this event, the campaigns themselves do that."""

from collections.abc import Mapping

from center_core.kit import Event, Handler

from . import season
from .events import RoundScored

WHEN: Mapping[type[Event], tuple[Handler, ...]] = {RoundScored: (season.count_round,)}
