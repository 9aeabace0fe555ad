"""Whether a membership goes on: what must be asked wherever something of value changes hands.

In SQL the view ``member_standing`` (migration 0020) tells the same to statements that have no other reason to ask.
"""

from typing import NamedTuple
from uuid import UUID

from center_core.kit import N_, Fault, NotFound, Refused, Session, look_up

STANDING = "select kind, status from member where member_id = %(member_id)s"


class Standing(NamedTuple):
    """``kind`` is ``person`` or ``walk_in``, a store's account; ``status`` is ``active``, ``frozen`` or ``erased``."""

    kind: str
    status: str

    @property
    def is_person(self) -> bool:
        """Whether this is a member and not a store's walk-in account."""
        return self.kind == "person"

    @property
    def refusal(self) -> Fault | None:
        """``member_frozen``, and for those who were forgotten ``member_unknown``; none while the membership goes on."""
        if self.status == "erased":
            return unknown()
        return None if self.status == "active" else frozen()


def standing(db: Session, member_id: UUID) -> Standing:
    """How it stands with a member or a walk-in account; NotFound where it is neither."""
    found = look_up(db, STANDING, member_id=member_id)
    if not found:
        raise unknown()
    return Standing(*found[0])


def is_active(db: Session, member_id: UUID) -> bool:
    """Whether this membership goes on: neither frozen nor ended. For pages that need to know no more."""
    statement = "select from member where member_id = %(member_id)s and status = 'active'"
    return bool(look_up(db, statement, member_id=member_id))


def frozen() -> Refused:
    """The refusal of a membership that headquarters has frozen."""
    return Refused("member_frozen", N_("This membership is frozen. Please ask our service desk."))


def unknown() -> NotFound:
    """The refusal where nobody is, or nobody any more."""
    return NotFound("member_unknown", N_("There is no such member."))
