"""The leaderboards' fast index in Redis: sorted sets whose entries sort as bytes.

An entry is packed so that the better one is the smaller string: score, tie, moment, member, with score and tie turned
round where high is good. All have the same sorted-set score, hence Redis orders them by their bytes: a rank, the top
and a neighbourhood cost a logarithm, and no precision is lost. A hash beside it remembers each member's entry, so that
Redis alone answers all that a reader of a board is shown, in one call.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from itertools import islice
from typing import ParamSpec, TypeVar
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from campaigns.board import Board, Standing
from campaigns.leaderboard import IndexMissing, Sight

P = ParamSpec("P")
R = TypeVar("R")

ENTRY = struct.Struct(">QQQ16s")
TURN = 1 << 62
PORTION = 5000
BUILD_SECONDS = 120

# The hash holds at least this field while the board stands, so that an empty board differs from a lost one.
STANDS = b""

PLACE = """
if redis.call('EXISTS', KEYS[2]) == 0 then return -1 end
local old = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[1], 0, ARGV[2])
local lapses = redis.call('PEXPIRETIME', KEYS[2])
if lapses > 0 then redis.call('PEXPIREAT', KEYS[1], lapses + 60000) end
if old and old ~= ARGV[2] then
  if redis.call('ZRANK', KEYS[1], old) < redis.call('ZRANK', KEYS[1], ARGV[2]) then
    redis.call('ZREM', KEYS[1], ARGV[2])
    return 0
  end
  redis.call('ZREM', KEYS[1], old)
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
"""

LOOK = """
if redis.call('EXISTS', KEYS[2]) == 0 then return false end
local count = tonumber(ARGV[2])
local top = count > 0 and redis.call('ZRANGE', KEYS[1], 0, count - 1) or {}
local size = redis.call('ZCARD', KEYS[1])
local entry = ARGV[1] ~= '' and redis.call('HGET', KEYS[2], ARGV[1])
local own = entry and redis.call('ZRANK', KEYS[1], entry)
if not own then return {top, size} end
local first = math.max(0, own - tonumber(ARGV[3]))
return {top, size, own, first, redis.call('ZRANGE', KEYS[1], first, own + tonumber(ARGV[3]))}
"""


def _or_missing(call: Callable[P, R]) -> Callable[P, R]:
    """A Redis that is away is a missing index: the leaderboard then asks PostgreSQL."""

    @wraps(call)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except RedisError as error:
            raise IndexMissing from error

    return asked


class RedisLeaderboard:
    """See ``campaigns.leaderboard.LeaderboardIndex``."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._place = redis.register_script(PLACE)
        self._look = redis.register_script(LOOK)

    @_or_missing
    def look(self, board: Board, member_id: UUID | None, *, count: int, spread: int) -> Sight:
        """One call for the top, the size, and the member among their neighbours."""
        reader = member_id.bytes if member_id else b""
        seen = self._look(keys=[_entries(board), _members(board)], args=[reader, count, spread])
        if seen is None:
            raise IndexMissing
        top, size, *rest = seen
        standings = [_unpack(entry, board.lower) for entry in top]
        if not rest:
            return Sight(standings, size)
        own, first, near = rest
        return Sight(standings, size, own, first, tuple(_unpack(entry, board.lower) for entry in near))

    @_or_missing
    def ahead(self, board: Board, standing: Standing) -> int:
        """How many entries sort before ``standing``."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.exists(_members(board))
            pipe.zlexcount(_entries(board), b"-", b"(" + _pack(standing, board.lower))
            stands, before = pipe.execute()
        if not stands:
            raise IndexMissing
        return int(before)

    @_or_missing
    def place(self, boards: Sequence[Board], standing: Standing) -> None:
        """Keeps the better one if the member is there already, in whatever order the news arrive."""
        with self._redis.pipeline(transaction=False) as pipe:
            for board in boards:
                args = [standing.member_id.bytes, _pack(standing, board.lower)]
                self._place(keys=[_entries(board), _members(board)], args=args, client=pipe)
            pipe.execute()

    @_or_missing
    def rebuild(self, board: Board, standings: Iterable[Standing], *, kept: timedelta) -> bool:
        """Built beside the old one, which is then replaced in one step."""
        if not self._redis.set(f"board:{board.name}:building", b"1", nx=True, ex=BUILD_SECONDS):
            return False
        entries, members = f"board:{board.name}:new:entries", f"board:{board.name}:new:members"
        try:
            self._redis.delete(entries, members)
            self._redis.hset(members, STANDS, b"")
            rows = iter(standings)
            while portion := [(it.member_id.bytes, _pack(it, board.lower)) for it in islice(rows, PORTION)]:
                with self._redis.pipeline(transaction=False) as pipe:
                    pipe.zadd(entries, {entry: 0 for _, entry in portion})
                    pipe.hset(members, mapping=dict(portion))
                    pipe.execute()
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.delete(_entries(board))
                if self._redis.exists(entries):
                    pipe.rename(entries, _entries(board))
                pipe.rename(members, _members(board))
                # The hash goes first: it is what says that the board stands.
                pipe.expire(_members(board), kept)
                pipe.expire(_entries(board), kept + timedelta(minutes=1))
                pipe.execute()
        finally:
            self._redis.delete(f"board:{board.name}:building")
        return True


def _entries(board: Board) -> str:
    return f"board:{board.name}:entries"


def _members(board: Board) -> str:
    return f"board:{board.name}:members"


def _pack(it: Standing, lower: bool) -> bytes:
    score = it.score if lower else TURN - it.score
    return ENTRY.pack(score, TURN - it.tie, _microseconds(it.at), it.member_id.bytes)


def _unpack(entry: bytes, lower: bool) -> Standing:
    score, tie, at, member_id = ENTRY.unpack(entry)
    return Standing(UUID(bytes=member_id), score if lower else TURN - score, TURN - tie, _moment(at))


def _microseconds(at: datetime) -> int:
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).replace(
        microsecond=microseconds % 1_000_000
    )
