"""Duels over HTTP: the link that brings a friend, the room of two, and results that come while one is away."""

import re
from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from campaigns import duel
from campaigns.duel import Batch
from campaigns.ghost import events_of
from center_core.kit import Database

from .skill_phone import NOON, Phone, answered, refusal, run


def posted(phone: Phone, path: str, **fields: str) -> TestResponse:
    """Send the form of a page, with the token that stands on it."""
    page = phone.get("/duel" if path.endswith(("/duel", "/rematch")) else path).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return phone.client.post(
        f"/c/{phone.slug}{path}",
        data={"csrf_token": token[1] if token else "", **fields},
        headers={"Authorization": phone.get("/duel").request.headers["Authorization"]},
    )


def room_of(answer: TestResponse) -> str:
    """The path of the room that the answer leads to, within the campaign."""
    assert answer.status_code == 302, answer.text
    return str(re.sub(r"^/c/[^/]+", "", answer.location))


def invitation(phone: Phone, room: str) -> str:
    found = re.search(r'data-url="[^"]*/c/[^/]+(/duel/[^"]+)"', phone.get(room).text)
    assert found
    return found[1]


def test_a_link_brings_one_friend(phones: Any) -> None:
    ann, bob, eve = phones(), phones(), phones()
    room = room_of(posted(ann, "/duel", **{"with": "friend"}))
    link = invitation(ann, room)
    assert room_of(ann.get(link)) == room, "who opens the own link is led back"
    assert room_of(posted(bob, link)) == room
    assert bob.get(room).status_code == 200
    assert posted(eve, link).status_code == 409
    assert eve.get(room).status_code == 403
    forged = link[:-3] + ("AAA" if not link.endswith("AAA") else "BBB")
    assert refusal(eve.get(forged, Accept="application/json")) == (404, "link_unknown")


def test_two_who_look_for_somebody_meet(phones: Any) -> None:
    ann, bob = phones(), phones()
    room = room_of(posted(ann, "/duel", **{"with": "anybody"}))
    assert room_of(posted(bob, "/duel", **{"with": "anybody"})) == room
    assert "data-share data-url" not in bob.get(room).text.split("<dialog")[0]


def test_both_results_make_the_verdict(phones: Any, database: Database, clock: Any) -> None:
    ann, bob = phones(), phones()
    room = room_of(posted(ann, "/duel", **{"with": "friend"}))
    posted(bob, invitation(ann, room))
    duel_id = room.rpartition("/")[2]
    with database.transaction() as db:
        for phone in (ann, bob):
            duel.ready(db, duel_id=duel_id, member_id=phone.member_id, now=NOON)
        looks = {
            phone: duel.look(db, duel_id=duel_id, member_id=phone.member_id, now=NOON) for phone in (ann, bob)
        }
    clock.shift(timedelta(seconds=44))
    given = {"seed": looks[ann].seed, "config": {}}
    slow, quick = run(given, "beginner"), run(given, "expert", luck=2)
    first = answered(ann.hand_in(str(looks[ann].round_id), slow.inputs))
    assert (first["duel"]["outcome"], first["rank"], first["link"]) == (None, None, None)
    second = answered(bob.hand_in(str(looks[bob].round_id), quick.inputs))
    assert (second["duel"]["outcome"], second["duel"]["theirs"]["score"]) == ("won", slow.value)
    # A result is the member's own: nobody hands in the other's round.
    assert refusal(ann.hand_in(str(looks[bob].round_id), quick.inputs)) == (404, "round_unknown")
    assert room_of(posted(ann, f"{room}/rematch")) == room_of(posted(bob, f"{room}/rematch"))


def test_a_copy_of_the_other_has_lost_though_handed_in_first(
    phones: Any, database: Database, clock: Any
) -> None:
    ann, bob = phones(), phones()
    room = room_of(posted(ann, "/duel", **{"with": "friend"}))
    posted(bob, invitation(ann, room))
    at: dict[str, Any] = {"duel_id": room.rpartition("/")[2], "now": NOON}
    with database.transaction() as db:
        for phone in (ann, bob):
            duel.ready(db, member_id=phone.member_id, **at)
        looks = [duel.look(db, member_id=phone.member_id, **at) for phone in (ann, bob)]
    clock.shift(timedelta(seconds=44))
    played = run({"seed": looks[0].seed, "config": {}}, "expert")
    steps = [[step.tick, step.action] for step in events_of("sprint", played.inputs)]
    batch = Batch(1, played.ticks, steps)
    with database.transaction() as db:
        duel.relay(db, member_id=ann.member_id, batch=batch, **{**at, "now": NOON + timedelta(seconds=30)})
    assert answered(bob.hand_in(str(looks[1].round_id), played.inputs))["duel"]["outcome"] is None
    assert answered(ann.hand_in(str(looks[0].round_id), played.inputs))["duel"]["outcome"] == "won"
    with database.transaction() as db:
        assert duel.look(db, member_id=bob.member_id, **at).mine.gone == "uncounted"
