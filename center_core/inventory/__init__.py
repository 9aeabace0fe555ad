"""The inventory centre: on hand, reserved, available; movements and holds."""

from .booking import is_booked
from .checks import check
from .models import Hold, Location, Movement, Stock
from .service import (
    Availability,
    Source,
    adjust,
    available,
    consume,
    create_location,
    expire_holds,
    follow_store,
    hold,
    location_of_store,
    locations,
    movements,
    put_back,
    receive,
    release,
    rename_location,
    take,
    take_all,
)

__all__ = [
    "Availability",
    "Hold",
    "Location",
    "Movement",
    "Source",
    "Stock",
    "adjust",
    "available",
    "check",
    "consume",
    "create_location",
    "expire_holds",
    "follow_store",
    "hold",
    "is_booked",
    "location_of_store",
    "locations",
    "movements",
    "put_back",
    "receive",
    "release",
    "rename_location",
    "take",
    "take_all",
]
