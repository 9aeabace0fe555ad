"""The guide's own code: on their card and in their links; who joins by it belongs to them."""

from center_core import channel, user
from center_core.channel import ChannelCode
from center_core.kit import Session


def own_code(db: Session, staff: user.Staff) -> ChannelCode | None:
    """The code that is the guide's for all purposes, if they have one."""
    if staff.store_id is None:
        return None
    for code in channel.codes(db, store_id=staff.store_id):
        if code.active and code.staff_id == staff.id and code.campaign_slug is None:
            return code
    return None


def make_own_code(db: Session, staff: user.Staff) -> ChannelCode | None:
    """The same, made at first need."""
    there = own_code(db, staff)
    if there is not None or staff.store_id is None:
        return there
    return channel.make_code(db, store_id=staff.store_id, staff_id=staff.id, label=staff.login)
