"""One play, from the member's question to the durable answer."""

import re
from datetime import datetime
from uuid import UUID

from center_core.kit import N_, Database, Fault, Refused, look_up

from .chances import chances_left
from .draw.batch import NotEntered, Played
from .draw.batcher import Batcher
from .entry import enter
from .live import Live

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
CLOSED = ("campaign_over", "campaign_paused")
DECIDED = """
select id, prize_no, unit_no, n from play
where member_id = %(member_id)s and campaign_id = %(campaign_id)s and idempotency_key = %(key)s
"""


def check_key(key: str) -> None:
    """Refuse a ``key`` that could not be stored and compared as it is."""
    if not KEY.fullmatch(key):
        raise Refused(
            "idempotency_key_bad",
            N_("The key of a play has 8 to 64 letters, digits, hyphens or underscores."),
        )


async def ask(batcher: Batcher, live: Live, *, member_id: UUID, key: str, now: datetime) -> Played | None:
    """The same as ``play`` on an event loop, or ``None`` where there is more to say than a decided play.

    Only ``overloaded`` is raised. After ``None`` ask again with ``play``: it answers the same under the same key.
    """
    try:
        check_key(key)
        live.check_open(now)
        answer = await batcher.ask(live, member_id=member_id, key=key, now=now)
    except Fault as fault:
        if fault.key == "overloaded":
            raise
        return None
    return answer if isinstance(answer, Played) else None


def play(
    database: Database, batcher: Batcher, live: Live, *, member_id: UUID, key: str, now: datetime
) -> Played:
    """Decide the play of ``member_id`` under ``key``, or replay it; the answer is durable.

    What was decided is replayed although the campaign has paused or ended meanwhile: the answer may have been lost. A
    member's first play in a campaign that is not for everyone checks the entry rules in a transaction of its own.
    Refuses ``campaign_not_started``, ``campaign_over``, ``campaign_paused``, ``play_limit``, ``play_day_limit``,
    ``no_chance``, ``entry_refused``, ``idempotency_key_bad``, and ``overloaded`` or ``unavailable``, after which the
    same key may be asked for again.
    """
    check_key(key)
    try:
        return _decide(database, batcher, live, member_id=member_id, key=key, now=now)
    except Refused as refused:
        decided = _decided(database, live, member_id, key, now) if refused.key in CLOSED else None
        if decided is None:
            raise
        return decided


def _decide(
    database: Database, batcher: Batcher, live: Live, *, member_id: UUID, key: str, now: datetime
) -> Played:
    live.check_open(now)
    answer = batcher.play(live, member_id=member_id, key=key, now=now)
    if isinstance(answer, NotEntered):
        with database.transaction() as db:
            enter(db, live, member_id=member_id, now=now)
        answer = batcher.play(live, member_id=member_id, key=key, now=now)
    if isinstance(answer, Fault):
        raise answer
    if isinstance(answer, NotEntered):
        raise Refused("entry_refused", N_("This campaign is for other members of the club."))
    return answer


def _decided(database: Database, live: Live, member_id: UUID, key: str, now: datetime) -> Played | None:
    """The play that was decided under ``key`` before, as ``draw_batch`` replays it."""
    with database.looking() as db:
        rows = look_up(db, DECIDED, member_id=member_id, campaign_id=live.id, key=key)
        if not rows:
            return None
        play_id, prize_no, unit_no, n = rows[0]
        return Played(
            play_id=play_id,
            member_id=member_id,
            prize_no=prize_no,
            unit_no=unit_no,
            n=n,
            chances=chances_left(db, live, member_id=member_id, now=now),
            replayed=True,
        )
