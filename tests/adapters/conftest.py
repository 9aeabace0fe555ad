"""The stand-in provider, and the bundle of adapters that a worker holds."""

from collections.abc import Iterator

import pytest
from redis import Redis

from campaigns import Leaderboard
from center_core.kit import Database
from scrm.adapters import Outside, http, payment, sms
from scrm.leaderboard import RedisLeaderboard
from scrm.live import Live

from . import provider as stand_in


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[stand_in.Provider]:
    """A provider that is waited for half a second only."""
    monkeypatch.setattr(http, "SECONDS", 0.5)
    with stand_in.provider() as there:
        yield there


@pytest.fixture
def outside(database: Database, redis: "Redis[bytes]", provider: stand_in.Provider) -> Outside:
    """Adapters that reach the stand-in, and the sandbox beside it."""
    return Outside(
        brand="SNOWLETTER",
        sms=sms.Gateway(provider.url, stand_in.TOKEN),
        payments={"http": payment.Gateway(provider.url, stand_in.SECRET), "sandbox": payment.Sandbox()},
        live=Live(redis),
        board=Leaderboard(RedisLeaderboard(redis)),
        database=database,
    )
