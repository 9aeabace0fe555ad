"""Deliveries and counts by the number of their note or sheet: however often one is sent, it is booked once."""

from collections.abc import Mapping
from uuid import UUID

from center_core.kit import N_, Refused, Session, look_up

from .service import Source

HOLD = "select pg_advisory_xact_lock(hashtextextended(%(source_id)s::text, 7003))"
BOOKED = """
select sku_id, on_hand_change from movement where source_id = %(source_id)s and source_kind = %(source_kind)s
"""


def is_booked(db: Session, *, number: str, differences: Mapping[UUID, int], source: Source) -> bool:
    """Whether these ``differences`` were booked before; refused with ``movement_number_taken`` where others were.

    ``source`` is what the number stands for in this store. Holds it until the transaction ends: who sends the number
    at the same time waits, and finds it booked.
    """
    look_up(db, HOLD, source_id=source[1])
    then = dict(map(tuple, look_up(db, BOOKED, source_id=source[1], source_kind=source[0])))
    if then and then != {sku_id: pieces for sku_id, pieces in differences.items() if pieces}:
        raise Refused(
            "movement_number_taken",
            N_("Delivery or count %(number)s was already booked with other contents."),
            number=number,
        )
    return bool(then)
