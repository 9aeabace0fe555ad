"""A member, their guide, a colleague of the same store, and a phone for each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import campaigns
from center_core import channel, marketing, user
from center_core.kit import Database, utcnow
from center_core.member import Member
from scrm.fronts import identity
from tests import make
from tests.make import campaign as making


@dataclass
class Shop:
    """Who is there."""

    store: channel.Store
    guide: user.Staff
    colleague: user.Staff
    member: Member
    lonely: Member
    template: marketing.CouponTemplate
    live: campaigns.Live
    at: datetime

    @property
    def conversation(self) -> str:
        return f"/guide/conversations/{self.member.member_id}"


@pytest.fixture
def shop(database: Database) -> Shop:
    at = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
        guide, colleague = make.guide(db, store), make.guide(db, store)
        return Shop(
            store,
            guide,
            colleague,
            make.member(db, name="林晚舟", store=store, guide=guide, now=at),
            make.member(db, name="独行", now=at),
            make.template(db, now=at),
            making.live(db, now=at, slug="first-snow"),
            at,
        )


class Phone:
    """Asks as the pages' script does."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, path: str) -> TestResponse:
        return self._client.get(path)

    def post(self, path: str, said: Any, **headers: str) -> TestResponse:
        usual = {"Idempotency-Key": str(uuid4()), "Sec-Fetch-Site": "same-origin"}
        return self._client.post(path, json=said, headers={**usual, **headers})


@pytest.fixture
def phone_of(app: Flask) -> Callable[[Any], Phone]:
    """A phone in which a member or a guide is signed in."""

    def signed_in(who: Any) -> Phone:
        client = app.test_client()
        with app.test_request_context():
            if isinstance(who, Member):
                client.set_cookie(identity.MEMBER_COOKIE, identity.member_token(who.member_id))
            else:
                response = identity.sign_in_staff(app.response_class(), who)
                cookie = response.headers["Set-Cookie"].split(";")[0].partition("=")
                client.set_cookie(cookie[0], cookie[2])
        return Phone(client)

    return signed_in
