"""The campaign engine of one process: caches, batcher, leaderboard and counters, built on first use after the fork."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

import structlog
from flask import Flask, current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.exc import SQLAlchemyError

from campaigns import Batcher, Board, Leaderboard, Live, Lives, Played, Visits, ask, play, season, stocks
from campaigns.season import Season
from center_core.kit import Database

from .config import Config
from .leaderboard import RedisLeaderboard

log = structlog.get_logger(__name__)

STOCK_SECONDS = 1.0
SEASON_SECONDS = 1.0
BOARD_SECONDS = 5.0


class Engine:
    """What routes and jobs ask of campaigns in this process; shared by its threads."""

    def __init__(self, database: Database, redis: "Redis") -> None:
        self._database = database
        self._lives = Lives(database)
        self._batcher = Batcher(database, self._lives)
        self._looking: asyncio.Task[None] | None = None
        self._stock: dict[UUID, tuple[float, dict[int, int | None]]] = {}
        self._seasons: dict[UUID, tuple[float, Season | None]] = {}
        self._built_at: dict[str, float] = {}
        self.board = Leaderboard(RedisLeaderboard(redis), build_aside=self._build_aside)
        self.visits = Visits(database)

    def live(self, slug: str) -> Live:
        """The published campaign at ``/c/<slug>``, or ``NotFound``."""
        return self._lives.by_slug(slug)

    def live_by_id(self, campaign_id: UUID) -> Live:
        """The same by its id."""
        return self._lives.by_id(campaign_id)

    def published(self) -> list[Live]:
        """All campaigns that consumers may see."""
        return self._lives.published()

    def running(self, now: datetime) -> list[Live]:
        """Those that can be played."""
        return self._lives.running(now)

    def play(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Played:
        """Decide one play; see ``campaigns.play``."""
        return play(self._database, self._batcher, live, member_id=member_id, key=key, now=now)

    def is_crowded(self, slug: str) -> bool:
        """Whether so many wait for this campaign that the next to play is refused."""
        live = self._lives.at_hand(slug)
        return live is not None and self._batcher.is_full(live.id)

    async def ask(self, slug: str, *, member_id: UUID, key: str, now: datetime) -> tuple[Live, Played] | None:
        """One play on the server's loop: ``campaigns.ask``. ``None`` where ``live`` and ``play`` have more to say."""
        live = self._lives.at_hand(slug)
        if live is None:
            return None
        if self._lives.is_due and self._looking is None:
            self._looking = asyncio.create_task(self._look())
        played = await ask(self._batcher, live, member_id=member_id, key=key, now=now)
        return (live, played) if played else None

    async def _look(self) -> None:
        """Learn of changed campaigns beside the plays, which go on with what is known: the draw sees what is stale."""
        try:
            await asyncio.to_thread(self._lives.published)
        except SQLAlchemyError as error:
            log.warning("campaigns_not_read", error=str(error).splitlines()[0])
        finally:
            self._looking = None

    def stock(self, live: Live) -> dict[int, int | None]:
        """What is left of each prize, none if unlimited; at most a second old."""
        read_at, left = self._stock.get(live.id, (float("-inf"), {}))
        if time.monotonic() - read_at > STOCK_SECONDS:
            with self._database.transaction() as db:
                left = {no: row.left_over for no, row in stocks(db, live.id).items()}
            self._stock[live.id] = (time.monotonic(), left)
        return left

    def season(self, live: Live, now: datetime) -> Season | None:
        """The season in which the campaign's rounds count; at most a second old, and for reading only."""
        read_at, found = self._seasons.get(live.id, (float("-inf"), None))
        if time.monotonic() - read_at > SEASON_SECONDS:
            with self._database.transaction() as db:
                found = season.current(db, now=now, campaign_id=live.id)
            self._seasons[live.id] = (time.monotonic(), found)
        return found

    def _build_aside(self, board: Board) -> None:
        """Build a leaderboard without letting its reader wait; at most once in a while, should Redis be away."""
        if time.monotonic() - self._built_at.get(board.name, float("-inf")) > BOARD_SECONDS:
            self._built_at[board.name] = time.monotonic()
            threading.Thread(target=self._build, args=(board,), daemon=True).start()

    def _build(self, board: Board) -> None:
        with self._database.transaction() as db:
            self.board.rebuild(db, board)

    def close(self) -> None:
        """Write what was counted and give back the connections."""
        self.visits.write()
        self._batcher.close()


def init_app(app: Flask, config: Config, database: Database) -> None:
    """Let ``engine()`` build the engine when it is first asked for: connections must not cross a fork."""
    lock = threading.Lock()
    built: list[Engine] = []

    def build() -> Engine:
        if not built:
            with lock:
                if not built:
                    built.append(open_engine(config, database))
        return built[0]

    app.extensions["engine"] = build


def open_engine(config: Config, database: Database) -> Engine:
    """The engine for a process without Flask."""
    # One more try at once, since a connection may have grown old; then PostgreSQL answers instead of a waiting reader.
    again = Retry(NoBackoff(), 1)
    redis = Redis.from_url(config.redis_url, socket_connect_timeout=1, socket_timeout=2, retry=again)
    return Engine(database, redis)


def engine() -> Engine:
    """The engine of this process."""
    return cast("Callable[[], Engine]", current_app.extensions["engine"])()
