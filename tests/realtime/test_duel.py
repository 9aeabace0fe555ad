"""A live duel over two realtime processes: what one plays the other sees, whatever the line does."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from campaigns import duel
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making

from .conftest import Phone

MakePhone = Callable[[str, UUID], Phone]


class Meeting:
    """Two members in a duel that has not begun, and their phones."""

    def __init__(self, database: Database, phone: MakePhone) -> None:
        now = utcnow()
        with database.transaction() as db:
            live = making.live(db, now=now, **making.challenge())
            self.ann, self.bob, self.eve = (make.member(db, now=now).member_id for _ in range(3))
            self.id = duel.invite(db, live, member_id=self.ann, now=now).id
            duel.accept(db, live, duel_id=self.id, member_id=self.bob, now=now)
        self.make_phone = phone
        self.anns, self.bobs = phone("member", self.ann), phone("member", self.bob)

    def said(self, **more: object) -> dict[str, object]:
        return {"duel": str(self.id), **more}

    def begin(self) -> None:
        self.anns.say("duel_ready", self.said())
        self.bobs.say("duel_ready", self.said())


@pytest.fixture
def meeting(database: Database, phone: MakePhone) -> Meeting:
    return Meeting(database, phone)


def test_both_begin_together_and_see_each_other(meeting: Meeting) -> None:
    assert meeting.anns.say("duel_ready", meeting.said())["state"] == "waiting"
    assert meeting.bobs.hears("duel") == [meeting.said()]
    bob = meeting.bobs.say("duel_ready", meeting.said())
    meeting.anns.hears("duel")
    ann = meeting.anns.say("duel_look", meeting.said())
    assert (ann["state"], ann["seed"]) == ("running", bob["seed"])
    assert 0 < ann["starts_in_ms"] <= bob["starts_in_ms"] <= 4000
    assert ann["theirs"]["ready"]
    batch = meeting.said(seq=1, tick=12, events=[[3, "left"], [8, "right"]])
    assert meeting.anns.say("duel_inputs", batch) == {"seq": 1}
    assert meeting.bobs.hears("duel_inputs") == [batch]


def test_who_was_away_catches_up(meeting: Meeting) -> None:
    meeting.begin()
    meeting.bobs.hang_up()
    sent = [meeting.said(seq=seq, tick=12 * seq, events=[]) for seq in (1, 2, 3)]
    for batch in sent:
        meeting.anns.say("duel_inputs", batch)
    back = meeting.make_phone("member", meeting.bob)
    seen = back.say("duel_look", meeting.said())
    assert (seen["state"], seen["theirs"]["seq"]) == ("running", 3)
    assert back.say("duel_since", meeting.said(seq=1))["batches"] == sent[1:]
    # Who changes the phone asks for their own.
    anns = meeting.make_phone("member", meeting.ann)
    assert anns.say("duel_since", meeting.said(seq=0, own=True))["batches"] == sent
    assert anns.say("duel_since", meeting.said(seq=0, own=3))["error"]["key"] == "nonsense"
    # The same batch again, after an acknowledgement that got lost, is neither stored nor told twice.
    assert meeting.anns.say("duel_inputs", sent[2]) == {"seq": 3}
    assert meeting.anns.say("duel_inputs", meeting.said(seq=9, tick=99, events=[])) == {"seq": 3}


@pytest.mark.parametrize("event", ["duel_look", "duel_ready", "duel_leave"])
def test_a_third_one_is_kept_out(meeting: Meeting, event: str) -> None:
    eve = meeting.make_phone("member", meeting.eve)
    assert eve.say(event, meeting.said())["error"]["key"] == "duel_of_others"
    assert eve.say(event, {"duel": str(uuid4())})["error"]["key"] == "duel_unknown"


@pytest.mark.parametrize(
    ("events", "key"),
    [([[3, "fly"]], "duel_batch_junk"), ([["left", 3]], "duel_batch_junk"), ("left", "nonsense"), ([3], "nonsense"),
     ([[1, "left"]] * 121, "nonsense"), ([[{}, "left"]], "nonsense")],
    ids=["action", "order", "text", "numbers", "many", "object"],
)  # fmt: skip
def test_nonsense_reaches_nobody(meeting: Meeting, events: object, key: str) -> None:
    meeting.begin()
    said = meeting.said(seq=1, tick=12, events=events)
    assert meeting.anns.say("duel_inputs", said)["error"]["key"] == key
    assert meeting.bobs.say("duel_since", meeting.said(seq=0)) == {"batches": []}
    assert not [name for name, _ in meeting.bobs.heard if name == "duel_inputs"]


def test_who_waits_is_found_only_while_their_phone_is_there(database: Database, phone: MakePhone) -> None:
    now = utcnow()
    with database.transaction() as db:
        live = making.live(db, now=now, **making.challenge())
        who = make.member(db, now=now).member_id
        opened = duel.match(db, live, member_id=who, now=now - timedelta(minutes=5)).id
    phone("member", who).say("duel_look", {"duel": str(opened)})
    with database.transaction() as db:
        assert db.scalar(text("select waits_until > now() from duel where id = :id"), {"id": opened})
