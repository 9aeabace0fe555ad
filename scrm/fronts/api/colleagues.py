"""Colleagues whom a till names: who sold, who welcomed."""

from typing import Annotated

from pydantic import Field

from center_core import user
from center_core.kit import N_, NotFound
from scrm.fronts.web import db

from .front import caller
from .shape import VISIBLE

Login = Annotated[str, Field(min_length=1, max_length=60, pattern=VISIBLE, examples=["g0001"])]


def colleague(login: str | None) -> user.Badge | None:
    """The member of this store's staff with that login; one of another store is as unknown as nobody."""
    if login is None:
        return None
    staff = user.badge_of_login(db(), login)
    if staff is None or not staff.active or staff.store_id != caller().store_id:
        raise NotFound("staff_unknown", N_("Nobody with this login works in this store."))
    return staff
