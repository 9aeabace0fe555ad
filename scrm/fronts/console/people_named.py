"""Names of staff for lists that hold only their ids."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from center_core import user
from scrm.fronts.web import db


def staff_named(ids: Iterable[UUID | str | None]) -> dict[str, dict[str, Any]]:
    """The bilingual name of each, by the id as text; one query for all of them."""
    wanted = {UUID(str(id)) for id in ids if id}
    return {str(staff.id): staff.name for staff in user.staff_by_ids(db(), wanted)} if wanted else {}
