"""Killed processes and a Redis that forgets or goes away: no message is lost or doubled."""

import signal
import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from redis import Redis
from sqlalchemy import text

from center_core.kit import Database
from scrm.config import Config

from .conftest import PATIENCE, Pair, Phone, Processes, two_processes
from .test_talk import bodies


@pytest.fixture
def realtime(config: Config) -> Iterator[Processes]:
    """Processes of the test's own: these do not outlive it."""
    with two_processes(config) as processes:
        yield processes


MakePhone = Callable[[str, UUID], Phone]


def cut_redis(redis: "Redis[bytes]") -> None:
    """What a restart looks like from outside: nothing kept, every line gone."""
    redis.flushall()
    for kind in ("pubsub", "normal"):
        redis.execute_command("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


def said(phone: Phone, event: str, count: int) -> bool:
    """Whether ``phone`` heard message number ``count``, or ``event`` that often."""
    found = [what for name, what in phone.heard if name == event]
    return any(what.get("seq") == count for what in found) or len(found) >= count


def test_redis_forgets_everything_and_cuts_all_lines(
    phone: MakePhone, pair: Pair, redis: "Redis[bytes]", database: Database
) -> None:
    members = [phone("member", pair.member_id) for _ in range(4)]
    guide = phone("staff", pair.staff_id)
    for each in (*members, guide):
        each.say("join", pair.joining)
    cut_redis(redis)
    assert guide.say("post", pair.post("during"))["seq"] == 1
    for each in members:
        each.hears("resync")
    assert guide.say("post", pair.post("after"))["seq"] == 2
    for each in members:
        # The guide's process may still be without Redis: then it says "resync" once more when it has it
        # again.
        until = time.monotonic() + PATIENCE
        while not (said(each, "message", 2) or said(each, "resync", 2)) and time.monotonic() < until:
            time.sleep(0.02)
        assert said(each, "message", 2) or said(each, "resync", 2)
        missed = each.say("since", {"conversation": str(pair.conversation_id), "seq": 0})
        assert [message["seq"] for message in missed["messages"]] == [1, 2]
    assert bodies(database, pair) == ["during", "after"]


def test_a_killed_process_loses_no_acknowledged_message_and_doubles_none(
    phone: MakePhone, realtime: Processes, pair: Pair, database: Database
) -> None:
    acknowledged: dict[str, int] = {}
    outbox = [(uuid4(), f"message {n}") for n in range(30)]
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    for n, (client_id, words) in enumerate(outbox):
        if n == 10:
            realtime.running[0].send_signal(signal.SIGKILL)
        if n == 20:
            realtime.wait_for(realtime.start(2))
            realtime.running[1].send_signal(signal.SIGKILL)
        for _ in range(50):
            try:
                acknowledged[words] = member.say("post", pair.post(words, client_id))["seq"]
                break
            except Exception:
                time.sleep(0.1)
                try:
                    member = phone("member", pair.member_id)
                    member.say("join", pair.joining)
                except Exception:
                    continue
    assert bodies(database, pair) == [words for _, words in outbox]
    assert acknowledged == {words: n for n, (_, words) in enumerate(outbox, start=1)}


def test_database_connections_that_die_are_replaced(phone: MakePhone, pair: Pair, database: Database) -> None:
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    for n in range(3):
        with database.transaction() as db:
            db.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where application_name like 'realtime%' and datname = current_database()"
                )
            )
        assert member.say("post", pair.post(f"{n}"))["seq"] == n + 1


def test_a_parting_process_commits_what_it_accepted(
    phone: MakePhone, realtime: Processes, pair: Pair, database: Database
) -> None:
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    answers: list[int] = []
    for n in range(20):
        member.client.emit(
            "post", pair.post(f"{n}"), callback=lambda answer: answers.append(answer.get("seq", 0))
        )
    for process in realtime.running:
        process.terminate()
    for process in realtime.running:
        assert process.wait(PATIENCE) == 0
    assert len(bodies(database, pair)) >= len(answers)


@pytest.mark.parametrize("first", ["center_core.kit", "psycopg"])
def test_the_server_refuses_to_start_where_queries_would_stop_all_connections(first: str) -> None:
    import subprocess
    import sys

    program = f"import {first}\nimport psycopg\nimport scrm.fronts.realtime.server"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "must be imported before psycopg" in ended.stderr
