"""When people join and buy: more in the cold, more at the festivals of shopping, more at weekends and after work."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# January to December: a maker of down jackets lives from October to February.
BY_MONTH = (14, 9, 4, 2, 1, 2, 2, 2, 5, 11, 20, 18)
BY_WEEKDAY = (8, 8, 8, 9, 12, 20, 19)
BY_HOUR = (0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 7, 8, 7, 7, 8, 8, 8, 10, 12, 11, 7, 1, 0)
FESTIVALS = {(11, 11): 6.0, (12, 12): 3.0, (6, 18): 5.0, (1, 1): 2.5, (10, 1): 2.5, (10, 2): 2.0, (5, 1): 2.0}


class Calendar:
    """Moments between two days, drawn so that they follow the rhythm of the trade."""

    def __init__(self, first: date, last: date) -> None:
        self._days = [first + timedelta(days=n) for n in range((last - first).days)]
        self._weights: list[float] = []
        total = 0.0
        for day in self._days:
            total += (
                BY_MONTH[day.month - 1] * BY_WEEKDAY[day.weekday()] * FESTIVALS.get((day.month, day.day), 1.0)
            )
            self._weights.append(total)

    def moment(self, chance: Random, since: datetime | None = None) -> datetime:
        """A moment of the calendar in UTC, never before ``since``."""
        floor = 0
        if since is not None:
            # The first whole day after, so that nobody buys before they join.
            floor = min((since.astimezone(SHANGHAI).date() - self._days[0]).days + 1, len(self._days) - 1)
        day = chance.choices(self._days[floor:], cum_weights=self._rest(floor))[0]
        hour = chance.choices(range(24), BY_HOUR)[0]
        at = datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), SHANGHAI)
        return at.astimezone(UTC)

    def _rest(self, floor: int) -> list[float]:
        before = self._weights[floor - 1] if floor else 0.0
        return [weight - before for weight in self._weights[floor:]] if floor else self._weights
