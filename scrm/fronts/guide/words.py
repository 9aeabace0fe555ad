"""What the workbench calls things, and moments as short as a glance."""

from datetime import datetime

from flask import Flask

from center_core.kit import N_, local_day
from scrm.fronts.i18n import language, when
from scrm.fronts.web import now

ORDER_STATES = {
    "placed": N_("Placed"),
    "paid": N_("Paid"),
    "part_returned": N_("Partly returned"),
    "returned": N_("Returned"),
    "cancelled": N_("Cancelled"),
}


def init_app(app: Flask) -> None:
    """Give templates the filter `glance`."""
    app.jinja_env.filters["glance"] = glance


def glance(at: datetime, zone: str = "Asia/Shanghai") -> str:
    """The time if it was today, else the day, else the month of another year."""
    day, today = local_day(at, zone), local_day(now(), zone)
    if day == today:
        return when(at, "HH:mm", zone)
    chinese = language() == "zh"
    if day.year == today.year:
        return when(at, "M月d日" if chinese else "d MMM", zone)
    return when(at, "yyyy年M月" if chinese else "MMM yyyy", zone)
