"""Whose members, feed or results a page shows: one's own, a colleague's, or the whole store's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request

from center_core import user
from center_core.kit import N_, NotFound
from scrm.fronts import identity
from scrm.fronts.web import db

from .front import me, shop

MINE, STORE, NOBODY = "mine", "store", "nobody"


@dataclass(frozen=True)
class Whose:
    """What ``?of=`` names; ``staff`` is empty for the whole store, and for those of it who have no guide."""

    of: str
    staff: user.Staff | None

    @property
    def is_mine(self) -> bool:
        return self.of == MINE

    @property
    def staff_ids(self) -> list[UUID]:
        """Whose feeds these are."""
        return [self.staff.id] if self.staff else [me().id, *(guide.id for guide in team())]

    @property
    def scope(self) -> dict[str, Any]:
        """The arguments by which ``settlement`` narrows to them."""
        return {"staff_id": self.staff.id} if self.staff else {"store_id": shop().id}


def leads() -> bool:
    """Whether the reader runs this store, and so may see how everybody does."""
    return identity.access().may("staff.view", store_id=shop().id)


def team() -> Sequence[user.Staff]:
    """The store's guides, for whoever runs it; nobody for everybody else."""
    if "team" not in g:
        g.team = user.guides_of_store(db(), shop().id) if leads() else []
    guides: Sequence[user.Staff] = g.team
    return guides


def whose(*, store_open_to_all: bool = False) -> Whose:
    """What is asked for; a store's manager sees the store unless they ask for less.

    ``store_open_to_all``: a guide helps whoever walks in, so the store's members are not the manager's alone.
    """
    of = request.args.get("of") or (STORE if leads() else MINE)
    if of == MINE:
        return Whose(MINE, me())
    if not (of == STORE and store_open_to_all):
        identity.access().require("staff.view", store_id=shop().id)
    if of == STORE or (of == NOBODY and store_open_to_all):
        return Whose(of, None)
    guide = next((guide for guide in team() if str(guide.id) == of), None)
    if guide is None:
        raise NotFound("staff_unknown", N_("There is no such member of staff."))
    return Whose(of, guide)
