"""A small club: one store with a guide, a running campaign, a member who is signed in."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

import campaigns
from center_core import channel, member, user
from center_core.kit import Database, utcnow
from scrm.fronts import identity
from tests import make
from tests.make import campaign as making


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
