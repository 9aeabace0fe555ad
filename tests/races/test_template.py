"""A coupon's terms change while it is being given out, or while a campaign that promises it is being published."""

import dataclasses
from datetime import datetime
from typing import Any

import pytest

import campaigns
from center_core import marketing
from center_core.kit import Database, Session
from center_core.marketing import offer as offers
from center_core.marketing.models import CouponTemplate
from tests import make
from tests.make import campaign as making

from .at_once import overtaking

FIFTY = make.offer(code="FIFTY")


@pytest.fixture
def fifty(database: Database) -> marketing.CouponTemplate:
    """50 yuan off."""
    with database.transaction() as db:
        return marketing.create_template(db, offer=FIFTY, now=make.NOW)


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds a template whose terms are relied upon."""
    look = offers.template
    for user in ("offer", "issuing"):
        monkeypatch.setattr(f"center_core.marketing.{user}.template", lambda db, id, **_: look(db, id))
    monkeypatch.setattr("center_core.marketing.template", lambda db, id, **_: look(db, id))


def cheapen(fifty: marketing.CouponTemplate, now: datetime) -> Any:
    """Make it worth one yuan, as the console does."""

    def act(db: Session) -> None:
        offer = dataclasses.replace(FIFTY, value=100)
        campaigns.change_template(db, template_id=fifty.id, version=1, offer=offer, now=now)

    return act


def give(database: Database, fifty: marketing.CouponTemplate, now: datetime) -> Any:
    with database.transaction() as db:
        owner = make.member(db)
    return lambda db: make.coupon(db, owner, of=db.get_one(CouponTemplate, fifty.id), now=now)


def publish(database: Database, fifty: marketing.CouponTemplate, now: datetime) -> Any:
    """Publish a campaign in which it can be won."""
    prize = making.prize(1, "coupon", template_id=str(fifty.id), odds_ppm=1, value_fen=100)
    with database.transaction() as db:
        it = making.campaign(db, prizes=[prize, making.fallback()])
    return lambda db: campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)


def worth(database: Database, fifty: marketing.CouponTemplate) -> int:
    with database.transaction() as db:
        return marketing.template(db, fifty.id).value


def test_a_coupon_just_given_keeps_its_worth(
    database: Database, fifty: marketing.CouponTemplate, now: datetime
) -> None:
    acts = give(database, fifty, now), cheapen(fifty, now)
    assert overtaking(database, *acts) == ("done", "template_issued")
    assert worth(database, fifty) == 5_000


def test_a_coupon_just_promised_keeps_its_worth(
    database: Database, fifty: marketing.CouponTemplate, now: datetime
) -> None:
    acts = publish(database, fifty, now), cheapen(fifty, now)
    assert overtaking(database, *acts) == ("done", "template_changed")
    assert worth(database, fifty) == 5_000


def test_publication_waits_for_the_new_terms(
    database: Database, fifty: marketing.CouponTemplate, now: datetime
) -> None:
    """The prize would be stated above what its coupon is worth by now."""
    publishing = publish(database, fifty, now)
    with database.transaction() as db:
        (it,) = campaigns.listing(db).rows
        prizes = [{**it.draft["prizes"][0], "value_fen": 5_000}, it.draft["prizes"][1]]
        making.edited(db, it.id, {"prizes": prizes})
    assert overtaking(database, cheapen(fifty, now), publishing) == ("done", "not_publishable")


@pytest.mark.usefixtures("unheld")
@pytest.mark.parametrize("rely", [give, publish])
def test_without_holding_it_a_coupon_loses_its_worth(
    database: Database, fifty: marketing.CouponTemplate, now: datetime, rely: Any
) -> None:
    """The twins: it is given or promised at fifty yuan, and worth one."""
    assert overtaking(database, rely(database, fifty, now), cheapen(fifty, now)) == ("done", "done")
    assert worth(database, fifty) == 100
