"""A small club: one store with a guide, a running campaign, a member who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

import campaigns
from center_core import channel, member, user
from center_core.kit import Database, utcnow
from scrm.fronts import identity
from tests import make
from tests.games.arcade import campaign_with
from tests.make import campaign as making

from .skill_phone import NOON, SPRINT, Phone, Phones


@dataclass
class Club:
    """What the tests of the pages find there."""

    store: channel.Store
    guide: user.Staff
    member: member.Member
    live: campaigns.Live
    at: datetime


@pytest.fixture
def club(database: Database) -> Club:
    at = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
        guide = make.guide(db, store=store)
        who = make.member(db, name="林晚舟", store=store, guide=guide, points=120, now=at)
        live = making.live(db, now=at, slug="first-snow")
    return Club(store, guide, who, live, at)


@pytest.fixture
def phone(app: Flask, club: Club) -> FlaskClient:
    """The member's own phone."""
    return signed_in(app, club.member)


def signed_in(app: Flask, who: member.Member) -> FlaskClient:
    with app.test_request_context():
        token = identity.member_token(who.member_id)
    client = app.test_client()
    client.set_cookie(identity.MEMBER_COOKIE, token)
    return client


@pytest.fixture
def clock() -> Iterator[Any]:
    """Noon, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def phones(app: Flask, database: Database, clock: Any) -> Phones:
    """``phones()``: the phone of one more member of the same campaign."""
    with database.transaction() as db:
        live = making.live(db, now=NOON, **campaign_with(SPRINT, {}))
        store = make.store(db)
        guide = make.guide(db, store=store)

    def another() -> Phone:
        with database.transaction() as db:
            member_id = make.member(db, store=store, guide=guide).member_id
        with app.app_context():
            return Phone(app.test_client(), live.slug, identity.member_token(member_id), member_id)

    return another


@pytest.fixture
def runner(phones: Phones) -> Phone:
    """One member's phone."""
    return phones()
