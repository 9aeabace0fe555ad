"""What people type and what it means, both ways: money in yuan, odds in percent, times of a place."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

HOME_ZONE = "Asia/Shanghai"


def scaled(typed: Any, places: int) -> int:
    """The number ``typed`` times ten to the power of ``places``, exactly; ``"1,299.5"`` and 2 give 129950."""
    try:
        number = Decimal(str(typed).replace(",", "").replace("¥", "").strip())
        shifted = number.scaleb(places)
        if not number.is_finite() or abs(shifted) >= 10**15:
            raise InvalidOperation
    except InvalidOperation:
        raise PydanticCustomError("decimal_parsing", "not a number") from None
    if shifted != shifted.to_integral_value():
        raise PydanticCustomError("decimal_max_places", "too many decimal places", {"decimal_places": places})
    return int(shifted)


def plain(number: int, places: int) -> str:
    """``number`` as one would type it: ``129950`` and 2 give ``"1299.5"``."""
    text = format(Decimal(number).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def local_typed(at: datetime | None, zone: str = HOME_ZONE) -> str:
    """``at`` as a ``datetime-local`` field shows it in ``zone``."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def local_meant(typed: datetime, zone: str = HOME_ZONE) -> datetime:
    """The instant that a wall-clock time without a zone means in ``zone``."""
    if typed.tzinfo is None:
        typed = typed.replace(tzinfo=ZoneInfo(zone))
    return typed.astimezone(UTC)


Yuan = Annotated[int, BeforeValidator(lambda typed: scaled(typed, 2))]
"""Typed in yuan, meant in fen."""

HomeTime = Annotated[datetime, AfterValidator(local_meant)]
"""Typed as a wall-clock time at headquarters, meant as an instant."""
