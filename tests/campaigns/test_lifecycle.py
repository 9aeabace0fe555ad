"""From draft to settled, by hand and by the clock; drafts that two people edit."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

import campaigns
from campaigns.models import CampaignDraft, PrizeStock, PrizeUnit
from center_core.kit import Outbox, Refused, Session, uuid7
from tests import make
from tests.make import campaign as making

from .drawing import draw_one


def state(db: Session, campaign_id: object) -> str:
    return db.execute(text("select state from campaign where id = :id"), {"id": campaign_id}).scalar_one()


def test_the_clock_starts_ends_and_settles(db: Session, now: datetime) -> None:
    period = {
        "starts_at": (now + timedelta(hours=1)).isoformat(),
        "ends_at": (now + timedelta(hours=2)).isoformat(),
        "zone": "Asia/Shanghai",
    }
    live = making.live(db, period=period)
    assert live.state == "scheduled"
    assert campaigns.tick(db, now=now) == 0
    assert campaigns.tick(db, now=now + timedelta(hours=1)) == 1
    assert state(db, live.id) == "running"
    assert campaigns.tick(db, now=now + timedelta(hours=2)) == 1
    assert state(db, live.id) == "ended"
    assert campaigns.tick(db, now=now + timedelta(hours=2)) == 1
    assert state(db, live.id) == "settled"
    assert campaigns.tick(db, now=now + timedelta(hours=3)) == 0
    told = [
        (event.body["before"], event.body["after"])
        for event in db.scalars(
            select(Outbox).where(Outbox.name == "CampaignStateChanged").order_by(Outbox.id)
        )
    ]
    assert told == [
        ("draft", "scheduled"),
        ("scheduled", "running"),
        ("running", "ended"),
        ("ended", "settled"),
    ]


def test_a_play_does_not_wait_for_the_tick(db: Session, now: datetime) -> None:
    period = {
        "starts_at": (now + timedelta(hours=1)).isoformat(),
        "ends_at": (now + timedelta(hours=2)).isoformat(),
        "zone": "Asia/Shanghai",
    }
    live = making.live(db, period=period)
    assert live.phase(now) == "soon"
    assert live.phase(now + timedelta(hours=1)) == "running"
    assert live.phase(now + timedelta(hours=2)) == "over"


TRANSITIONS = [
    ("pause a draft", "draft", campaigns.pause, None),
    ("pause a running one", "running", campaigns.pause, "paused"),
    ("pause a paused one", "paused", campaigns.pause, None),
    ("resume a running one", "running", campaigns.resume, None),
    ("resume a paused one", "paused", campaigns.resume, "running"),
    ("end a draft", "draft", campaigns.end, None),
    ("end a running one", "running", campaigns.end, "ended"),
    ("end a paused one", "paused", campaigns.end, "ended"),
    ("end an ended one", "ended", campaigns.end, None),
    ("settle a running one", "running", campaigns.settle, None),
    ("settle an ended one", "ended", campaigns.settle, "settled"),
    ("settle twice", "settled", campaigns.settle, None),
]


@pytest.mark.parametrize(
    ("before", "verb", "after"), [t[1:] for t in TRANSITIONS], ids=[t[0] for t in TRANSITIONS]
)
def test_transitions(db: Session, now: datetime, before: str, verb: object, after: str | None) -> None:
    it = making.campaign(db)
    if before != "draft":
        campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
    db.execute(text("update campaign set state = :state where id = :id"), {"state": before, "id": it.id})
    db.expire_all()
    if after is None:
        with pytest.raises(Exception, match=r"campaign_state|campaign_unknown"):
            verb(db, campaign_id=it.id, now=now)  # type: ignore[operator]
        assert state(db, it.id) == before
    else:
        verb(db, campaign_id=it.id, now=now)  # type: ignore[operator]
        assert state(db, it.id) == after


def test_an_over_campaign_is_not_published_again(db: Session, now: datetime) -> None:
    live = making.live(db)
    campaigns.end(db, campaign_id=live.id, now=now)
    assert [one.key for one in campaigns.gate(db, campaigns.campaign(db, live.id), now=now)] == [
        "campaign_over"
    ]


def test_publishing_fills_the_pool(db: Session, now: datetime) -> None:
    limited = making.prize(1, "points", points=1, stock=417, odds_ppm=10)
    live = making.live(db, prizes=[limited, making.fallback()])
    stock = {row.prize_no: (row.left_over, row.won) for row in db.scalars(select(PrizeStock))}
    assert stock == {1: (417, 0), 9: (None, 0)}
    assert db.scalar(select(func.count()).select_from(PrizeUnit)) == 417
    draw_one(db, live, make.member(db).member_id, "one-play")
    making.edited(db, live.id, {"prizes": [{**limited, "stock": 500}, making.fallback()]})
    campaigns.publish(db, campaign_id=live.id, staff_id=None, now=now)
    assert db.scalar(select(func.count()).select_from(PrizeUnit)) == 500
    row = db.get_one(PrizeStock, (live.id, 1))
    assert (row.left_over or 0) + row.won == 500
    assert list(campaigns.check(db)) == []


def test_the_seed_is_secret_until_settled(db: Session, now: datetime) -> None:
    live = making.live(db)
    played = draw_one(db, live, make.member(db).member_id, "one-play")
    code = campaigns.receipt_code(played.member_id, played.play_id)
    assert campaigns.receipt(db, code=code).seed == ""
    campaigns.end(db, campaign_id=live.id, now=now)
    campaigns.settle(db, campaign_id=live.id, now=now)
    assert campaigns.receipt(db, code=code).seed == live.seed.hex()


def test_two_editors_do_not_overwrite_each_other(db: Session, now: datetime) -> None:
    it = making.campaign(db)
    anna, ben = uuid7(), uuid7()
    draft = dict(it.draft)
    assert (
        campaigns.save_draft(
            db,
            campaign_id=it.id,
            draft={**draft, "surprise": "half done"},
            revision=1,
            staff_id=anna,
            now=now,
        )
        == 2
    )
    with pytest.raises(Refused) as refused:
        campaigns.save_draft(db, campaign_id=it.id, draft=draft, revision=1, staff_id=ben, now=now)
    assert refused.value.key == "draft_changed"
    assert refused.value.reasons == {"revision": 2, "by": str(anna)}
    history = campaigns.draft_history(db, campaign_id=it.id)
    assert [one.draft_revision for one in history] == [2, 1]
    assert history[1].draft == draft


def test_a_draft_that_was_saved_since_is_not_published(db: Session, now: datetime) -> None:
    it = making.campaign(db)
    making.edited(db, it.id, {"title": {"en": "Seen by nobody", "zh": "无人看过"}})
    with pytest.raises(Refused) as refused:
        campaigns.publish(db, campaign_id=it.id, staff_id=None, revision=1, now=now)
    assert (refused.value.key, refused.value.reasons) == ("draft_changed", {"revision": 2})
    assert campaigns.publish(db, campaign_id=it.id, staff_id=None, revision=2, now=now).version == 1


def test_the_history_keeps_the_last_fifty(db: Session, now: datetime) -> None:
    it = making.campaign(db)
    for revision in range(1, 60):
        campaigns.save_draft(
            db, campaign_id=it.id, draft={"step": revision}, revision=revision, staff_id=None, now=now
        )
    kept = db.scalars(select(CampaignDraft.draft_revision).order_by(CampaignDraft.draft_revision)).all()
    assert kept == list(range(11, 61))


@pytest.mark.parametrize("slug", ["", "ab", "1abc", "With-Capitals", "with space", "x" * 49, "雪"])
def test_an_address_that_is_none(db: Session, now: datetime, slug: str) -> None:
    with pytest.raises(Refused, match="slug_malformed"):
        campaigns.create(db, slug=slug, type="wheel", staff_id=None, now=now)


def test_an_address_is_given_once(db: Session, now: datetime) -> None:
    making.campaign(db, slug="first-snow")
    with pytest.raises(Refused, match="slug_taken"):
        campaigns.create(db, slug="first-snow", type="wheel", staff_id=None, now=now)


def test_campaigns_are_listed_by_state_and_words(db: Session, now: datetime) -> None:
    snow = making.campaign(db, slug="snow-one", title={"en": "White out", "zh": "白茫茫"})
    making.campaign(db, slug="sun-two", title={"en": "100% sun", "zh": "晴天"})
    live = making.live(db)
    assert [it.slug for it in campaigns.listing(db, q="白茫").rows] == ["snow-one"]
    assert [it.slug for it in campaigns.listing(db, q="0% S").rows] == ["sun-two"]
    assert [it.id for it in campaigns.listing(db, states=["running"]).rows] == [live.id]
    first = campaigns.listing(db, limit=2)
    rest = campaigns.listing(db, limit=2, after=first.after)
    assert [it.id for it in (*first.rows, *rest.rows)][-1] == snow.id
    assert rest.after is None
