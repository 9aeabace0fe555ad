"""The campaign types: each is a folder here, found by being there, with no SQL, no route and no migration."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from center_core.kit import N_, NotFound


@dataclass(frozen=True)
class CampaignType:
    """What a marketer chooses a campaign by. ``template(now, zone)`` is a complete draft to start from.

    ``needs_challenge`` asks for a skill game whose rounds earn the chances.
    """

    slug: str
    title: dict[str, str]
    describes: dict[str, str]
    needs_challenge: bool
    template: Callable[[datetime, str], dict[str, Any]]


@cache
def types() -> Mapping[str, CampaignType]:
    """All campaign types by slug: the ``TYPE`` of each folder."""
    found = [import_module(f"{__name__}.{folder.name}").TYPE for folder in pkgutil.iter_modules(__path__)]
    return MappingProxyType({kind.slug: kind for kind in sorted(found, key=lambda kind: kind.slug)})


def campaign_type(slug: str) -> CampaignType:
    """The campaign type of that name."""
    if slug not in types():
        raise NotFound("campaign_type_unknown", N_("There is no such campaign type."))
    return types()[slug]
