"""Phones that play the sprint over HTTP, for tests of rounds, races and what members show each other."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

import games
from campaigns import GameRound
from center_core.kit import Database
from games.players import Performance, perform

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SPRINT = games.game("sprint")
RACE_TIME = timedelta(seconds=40)


class Phone:
    """A member's phone in a campaign with the sprint."""

    def __init__(self, client: FlaskClient, slug: str, token: str, member_id: UUID) -> None:
        self.client = client
        self.slug = slug
        self.member_id = member_id
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"/c/{self.slug}{path}", headers={**self._headers, **headers})

    def post(self, path: str, body: Any = None, key: str | None = None, **headers: str) -> TestResponse:
        return self.client.post(
            f"/c/{self.slug}/rounds{path}",
            json={} if body is None else body,
            headers={**self._headers, "Idempotency-Key": key or uuid4().hex, **headers},
        )

    def start(self, key: str | None = None, **body: str | None) -> dict[str, Any]:
        return answered(self.post("", body, key=key))

    def hand_in(
        self,
        round_id: str,
        inputs: bytes,
        key: str | None = None,
        *,
        idle: timedelta | None = None,
        **more: Any,
    ) -> TestResponse:
        """Send the recording; ``idle`` is how long one paused, and waited for a connection."""
        text = base64.urlsafe_b64encode(inputs).rstrip(b"=").decode()
        told = {} if idle is None else {"Idle-Ms": str(idle // timedelta(milliseconds=1))}
        return self.post(f"/{round_id}/result", {"inputs": text, **more}, key, **told)


Phones = Callable[[], Phone]


def run(given: dict[str, Any], skill: str = "regular", luck: int = 1) -> Performance:
    """An honest race on the track that the server gave."""
    return perform(SPRINT, skill, seed=given["seed"], luck=luck, config=given["config"])


def answered(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


def stored(database: Database, round_id: str) -> GameRound:
    with database.transaction() as db:
        return db.scalars(select(GameRound).where(GameRound.id == UUID(round_id))).one()


def refusal(answer: TestResponse) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    return answer.status_code, answer.json["key"]
