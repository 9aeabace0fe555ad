"""The people of a campaign evening: phones, conversations and tills.

Each user stands for several people, so that the generator, which shares the machine with the system, stays lean.
Whatever moves value is written into the book before it is asked for and after it was answered, and is asked for
again under the same key until there is an answer, as our pages do it.
"""

import itertools
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import gevent
import orjson
from locust import FastHttpUser, LoadTestShape, User, events, task
from locust.contrib.fasthttp import FastResponse

from loadtests.book import (
    Attempt,
    Book,
    MessageAsked,
    MessagesRead,
    MessageTold,
    OrderAsked,
    OrderTold,
    Phase,
    PlayAsked,
    PlayTold,
)
from loadtests.evening import Evening
from loadtests.line import Line, LineLost
from loadtests.shapes import PACE, Pulse

EVENING = Evening.load(Path(os.environ["LOAD_EVENING"]))
BOOK = Book(Path(os.environ["LOAD_BOOK"]))
PAUSE = 0.25
PATIENCE = 60.0
CATCH_UP_EVERY = 20
PEOPLE_OF_ONE_PHONE = 25
TRY_AGAIN = (0, 409, 429, 500, 502, 503, 504)

_phones, _talks, _tills = itertools.count(), itertools.count(), itertools.count()
_run = f"{random.getrandbits(40):010x}"
_numbers = itertools.count()


class PulseShape(LoadTestShape):
    """Valley, peak, valley; see `loadtests.shapes`."""

    pulse = Pulse.from_env()
    _phase = ""

    def tick(self) -> tuple[int, float] | None:
        at = self.get_run_time()
        phase = self.pulse.phase(at)
        if phase != self._phase:
            self._phase = phase
            BOOK.write(Phase(phase, time.time()))
        return None if phase == "done" else (self.pulse.users(at), 100.0)


def by_chance(user: User) -> float:
    """Seconds until this user asks again: at moments of chance, ``PACE`` a second on average however long answers take.

    Users who began together and kept time would all ask in the same instant, twice a second; people do not.
    """
    user.due = getattr(user, "due", time.monotonic()) + random.expovariate(PACE)
    return float(max(0.0, user.due - time.monotonic()))


class Caller(FastHttpUser):
    """Somebody who speaks HTTP."""

    abstract = True
    host = EVENING.url
    wait_time = by_chance
    connection_timeout = 5.0
    network_timeout = 15.0

    def ask(self, kind: str, method: str, path: str, **how: Any) -> FastResponse:
        """One request, written into the book with its time."""
        began = time.perf_counter()
        answer = self.client.request(method, path, name=kind, **how)
        ms = (time.perf_counter() - began) * 1000
        good = answer.status_code in (200, 201)
        BOOK.write(Attempt(kind, time.time(), ms, answer.status_code, good))
        return answer

    def insist(self, kind: str, path: str, headers: dict[str, str], body: bytes) -> Any:
        """A POST that moves value: again and again under its key until the system has answered."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self.ask(kind, "POST", path, headers=headers, data=body)
            if answer.status_code not in TRY_AGAIN:
                return orjson.loads(answer.content or b"{}") if answer.status_code in (200, 201) else None
            gevent.sleep(PAUSE)
        return None


class Phone(Caller):
    """Consumers: the landing page, plays, the wallet, the leaderboard."""

    weight = 84

    def on_start(self) -> None:
        first = next(_phones) * PEOPLE_OF_ONE_PHONE
        people = EVENING.players
        self.people = [people[(first + i) % len(people)] for i in range(PEOPLE_OF_ONE_PHONE)]

    def _somebody(self) -> tuple[str, dict[str, str]]:
        who = random.choice(self.people)
        return who.id, {"Cookie": f"club={who.token}", "Accept-Language": "zh-CN"}

    @task(45)
    def play(self) -> None:
        member, headers = self._somebody()
        key = f"{_run}-{next(_numbers):08d}"
        BOOK.write(PlayAsked(member, key))
        headers |= {"Idempotency-Key": key, "Sec-Fetch-Site": "same-origin"}
        told = self.insist("play", f"/c/{EVENING.slug}/plays", headers, b"")
        if told is not None:
            BOOK.write(
                PlayTold(
                    member,
                    key,
                    told["play_id"],
                    told["prize"]["no"],
                    told["unit_no"],
                    told["n"],
                    told["coupon_id"],
                )
            )

    @task(30)
    def landing_page(self) -> None:
        self._look("landing page", f"/c/{EVENING.slug}")

    @task(15)
    def wallet(self) -> None:
        self._look("wallet", "/wallet")

    @task(10)
    def leaderboard(self) -> None:
        self._look("leaderboard", f"/c/{EVENING.slug}/leaderboard")

    def _look(self, kind: str, path: str) -> None:
        _, headers = self._somebody()
        self.ask(kind, "GET", path, headers=headers, allow_redirects=False)


class Cashier(Caller):
    """A till: finds the member, then sends what was sold."""

    weight = 8

    def on_start(self) -> None:
        self.till = EVENING.tills[next(_tills) % len(EVENING.tills)]
        self.headers = {"Authorization": f"Bearer {self.till.key}", "Content-Type": "application/json"}
        self.buyer: str | None = None

    @task
    def next_step(self) -> None:
        if self.buyer is None:
            self._find_member()
        else:
            self._sell(self.buyer)
            self.buyer = None

    def _find_member(self) -> None:
        who = random.choice(EVENING.players)
        answer = self.ask("POS member", "GET", f"/v1/members?card={who.card}", headers=self.headers)
        if answer.status_code == 200:
            self.buyer = who.id

    def _sell(self, member: str) -> None:
        number = f"L{_run}-{next(_numbers):08d}"
        price = random.randrange(19_900, 299_900, 1_000)
        sale = {
            "number": number,
            "member_id": member,
            "lines": [{"article": random.choice(self.till.skus), "quantity": 1, "price_fen": price}],
            "payments": [{"means": "cash", "amount_fen": price}],
        }
        BOOK.write(OrderAsked(number, member))
        headers = self.headers | {"Idempotency-Key": number}
        told = self.insist("POS order", "/v1/orders", headers, orjson.dumps(sale))
        if told is not None:
            BOOK.write(OrderTold(number, member, told["payable_fen"]))


class Talk(User):
    """A member and a guide who write to each other over Socket.IO, each from a phone of their own."""

    weight = 8
    wait_time = by_chance
    sides: ClassVar = ("member", "staff")

    def on_start(self) -> None:
        self.pair = EVENING.pairs[next(_talks) % len(EVENING.pairs)]
        self.lines: dict[str, Line] = {}
        self.read_up_to: dict[str, int] = {}
        self.count = 0

    def on_stop(self) -> None:
        for side in self.sides:
            self._catch_up(side)
        for line in self.lines.values():
            line.close()

    @task
    def say(self) -> None:
        side = self.sides[self.count % 2]
        self.count += 1
        client_id, said = str(uuid4()), f"Message {self.count} of this evening / 今晚第 {self.count} 条"
        BOOK.write(MessageAsked(self.pair.conversation, client_id, said))
        message = {"conversation": self.pair.conversation, "client_id": client_id, "text": said}

        def told(_side: str, answer: dict[str, Any]) -> None:
            BOOK.write(MessageTold(self.pair.conversation, client_id, answer["seq"]))

        self._insist(side, "chat message", lambda line: line.call("post", message), told)
        if self.count % CATCH_UP_EVERY == 0:
            self._catch_up(self.sides[self.count % 2])

    def _catch_up(self, side: str) -> None:
        def since(line: Line) -> Any:
            return line.call("since", {"conversation": self.pair.conversation, "seq": self.read_up_to[side]})

        self._insist(side, "chat catch-up", since, self._read)

    def _read(self, side: str, answer: dict[str, Any]) -> None:
        """What a phone holds after catching up: every number since it last did."""
        first = self.read_up_to[side]
        seqs = {message["seq"] for message in answer["messages"]}
        last = max(seqs, default=first)
        missing = sorted(set(range(first + 1, last + 1)) - seqs)
        BOOK.write(MessagesRead(self.pair.conversation, side, first, last, missing))
        self.read_up_to[side] = last

    def _insist(
        self,
        side: str,
        kind: str,
        ask: Callable[[Line], dict[str, Any]],
        told: Callable[[str, dict[str, Any]], None],
    ) -> None:
        """Ask over the side's line, over a new one if it is lost, until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            began = time.perf_counter()
            try:
                line = self.lines.get(side) or self._connect(side)
                began = time.perf_counter()
                answer = ask(line)
            except LineLost:
                self.lines.pop(side, None)
                self._note(kind, began, 0)
            else:
                good = "error" not in answer
                self._note(kind, began, 200 if good else 503)
                if good:
                    told(side, answer)
                    return
            gevent.sleep(PAUSE)

    def _connect(self, side: str) -> Line:
        token = self.pair.member_token if side == "member" else self.pair.staff_token
        line = Line(EVENING.realtime_url, origin=EVENING.origin, token=token)
        joined = line.call("join", {"conversation": self.pair.conversation, "member": self.pair.member})
        if "error" in joined:
            raise LineLost(joined)
        self.read_up_to.setdefault(side, joined["last_seq"])
        self.lines[side] = line
        return line

    @staticmethod
    def _note(kind: str, began: float, status: int) -> None:
        ms = (time.perf_counter() - began) * 1000
        BOOK.write(Attempt(kind, time.time(), ms, status, status == 200))
        lost = None if status == 200 else LineLost(kind)
        events.request.fire(request_type="WS", name=kind, response_time=ms, response_length=0, exception=lost)


@events.quit.add_listener
def _close_book(**_: Any) -> None:
    BOOK.close()
