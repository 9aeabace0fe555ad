"""Giving a member another guide, from a store manager's phone or from a desk at headquarters."""

from uuid import UUID

from center_core import member, user
from center_core.kit import N_, Refused

from .web import db, now


def rebind(access: user.Access, *, member_id: UUID, guide: user.Staff | None) -> member.Binding:
    """Make ``guide`` the member's guide, in the store where the guide works.

    Whoever does this must hold ``member.bind`` there and where the member was until now. Refuses
    ``not_a_guide`` for somebody who looks after nobody, or works here no more.
    """
    access.require("member.bind", store_id=store_of(member_id))
    if guide is None or guide.store_id is None or guide not in user.may_look_after(db(), guide.store_id):
        raise Refused("not_a_guide", N_("Choose somebody who works as a guide in a store."))
    access.require("member.bind", store_id=guide.store_id)
    return member.bind(
        db(), member_id=member_id, staff_id=guide.id, store_id=guide.store_id, reason="handover", now=now()
    )


def store_of(member_id: UUID) -> UUID | None:
    """Where the member belongs: with their guide, else where they joined."""
    binding = member.guide_of(db(), member_id)
    return binding.store_id if binding else member.member(db(), member_id).join_store_id
