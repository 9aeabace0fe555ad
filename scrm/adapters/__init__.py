"""The outside world: text messages, payments, connected phones; called by jobs, never in a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from redis import Redis

from campaigns import Leaderboard
from center_core.kit import Database
from scrm.config import Config
from scrm.leaderboard import RedisLeaderboard
from scrm.live import Live

from . import payment, sms

__all__ = ["Outside", "open_outside", "payment", "sms"]


@dataclass(frozen=True)
class Outside:
    """What a handler that leaves the house is handed.

    ``payments`` goes by the provider's name, since money goes back the way it came even after a change of
    provider. ``database`` is for writing the answer down, in a transaction of the handler's own.
    """

    brand: str
    sms: sms.Sms
    payments: Mapping[str, payment.PaymentProvider]
    live: Live
    board: Leaderboard
    database: Database


def open_outside(config: Config) -> Outside:
    """The adapters that ``config`` names; opened once for each process, after it forked."""
    database = Database(config.database_url, pool_size=2, application_name="scrm adapters")
    redis = Redis.from_url(config.redis_url)
    return Outside(
        brand=config.brand,
        sms=sms.provider(config, database),
        payments=payment.providers(config),
        live=Live(redis),
        board=Leaderboard(RedisLeaderboard(redis)),
        database=database,
    )
