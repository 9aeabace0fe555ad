"""What members show each other over HTTP: films of rounds, ghost races, challenge links and boards."""

import io
import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from sqlalchemy import text, update

import campaigns
import games
from campaigns import GameRound
from center_core import member
from center_core.kit import Database
from tests import make

from .skill_phone import NOON, RACE_TIME, SPRINT, Phone, Phones, answered, refusal, run, stored
from .test_joining import PHONE, prove, send


def made(phone: Phone, clock: Any, skill: str = "regular", luck: int = 1) -> dict[str, Any]:
    """The answer to a round that counted."""
    given = phone.start()
    clock.shift(RACE_TIME)
    return answered(phone.hand_in(given["round"], run(given, skill, luck).inputs))


def code_of(answer: dict[str, Any]) -> str:
    """The public code of a counted round, which its player's result leads to."""
    return re.search(r"/rounds/(\w+)/challenge", answer["link"])[1]  # type: ignore[index]


def link_of(phone: Phone, code: str) -> str:
    """The path of the member's challenge link."""
    page = phone.get(f"/rounds/{code}/challenge")
    assert page.status_code == 200
    return urlsplit(re.search(r'data-url="([^"]+/beat/[^"]+)"', page.text)[1]).path  # type: ignore[index]


def script(page: str, id: str) -> dict[str, Any]:
    """What the page hands to its script."""
    found: dict[str, Any] = json.loads(
        re.search(rf'<script type="application/json" id="{id}">(.*?)</script>', page, re.S)[1]  # type: ignore[index]
    )
    return found


def test_anybody_watches_a_counted_round(runner: Phone, clock: Any, app: Flask) -> None:
    code = code_of(made(runner, clock))
    stranger = app.test_client().get(f"/c/{runner.slug}/rounds/{code}/watch?lang=en")
    assert stranger.status_code == 200
    film = script(stranger.text, "watch")
    assert set(film) == {"config", "seed", "inputs", "actions", "texts", "pictures", "rules", "scene"}
    assert film["rules"] is None, "the scene brings those of today"
    assert str(runner.member_id) not in stranger.text
    assert "Race this ghost" in stranger.text


def test_a_film_by_earlier_rules_says_so(runner: Phone, clock: Any, database: Database) -> None:
    code = code_of(made(runner, clock))
    with database.transaction() as db:
        db.execute(update(GameRound).values(rules_version="of-last-year"))
    page = runner.get(f"/rounds/{code}/watch?lang=en")
    assert page.status_code == 200
    assert "earlier rules" in page.text
    assert 'id="watch"' not in page.text
    assert refusal(runner.post("", {"against": code})) == (409, "ghost_rules_changed")


def test_a_film_by_rules_that_were_kept_comes_with_them(
    runner: Phone, clock: Any, database: Database, app: Flask
) -> None:
    """As after a release that has bundled the same rules anew."""
    code = code_of(made(runner, clock))
    earlier = SPRINT.by(SPRINT.rules + "// once")
    with database.transaction() as db:
        campaigns.rules.keep(db, earlier, NOON)
        db.execute(update(GameRound).values(rules_version=earlier.rules_version))
    film = script(runner.get(f"/rounds/{code}/watch?lang=en").text, "watch")
    race = script(runner.get(f"/challenge?against={code}&lang=en").text, "play")
    assert film["rules"] == race["rules"] == f"/rules/sprint/{earlier.rules_version}.js"
    kept = app.test_client().get(film["rules"])
    assert (kept.status_code, kept.text) == (200, earlier.rules)
    assert "immutable" in kept.headers["Cache-Control"]
    given = runner.start(against=code)
    clock.shift(RACE_TIME)
    assert answered(runner.hand_in(given["round"], run(given, luck=7).inputs))["race"]


def test_no_bank_is_given_away(app: Flask) -> None:
    quiz = games.game("quiz")
    for path in (f"quiz/{quiz.rules_version}", "quiz/x", "sprint/x", "wheel/x", "nothing/x"):
        assert app.test_client().get(f"/rules/{path}.js").status_code == 404


def test_there_is_nothing_to_watch_under_a_guessed_code(runner: Phone) -> None:
    for code in ("NOSUCHCODE22", "x", "%00", "a" * 300):
        assert runner.get(f"/rounds/{code}/watch").status_code == 404
        assert runner.get(f"/challenge?against={code}").status_code == 404


def test_a_race_runs_on_the_ghosts_track_and_earns_nothing(
    phones: Phones, clock: Any, database: Database
) -> None:
    champion, friend = phones(), phones()
    code = code_of(made(champion, clock, "beginner"))
    given = friend.start(against=code)
    assert given["ghost"]
    clock.shift(RACE_TIME)
    answer = answered(friend.hand_in(given["round"], run(given, "expert", 5).inputs))
    assert answer["race"]["beaten"] is True
    assert answer["race"]["name"].endswith("**")
    assert (answer["rank"], answer["link"], answer["chances_granted"]) == (None, None, 0)
    assert stored(database, given["round"]).seed == given["seed"]


def test_the_ghosts_recording_wins_no_race(phones: Phones, clock: Any, database: Database) -> None:
    champion, thief = phones(), phones()
    given = champion.start()
    clock.shift(RACE_TIME)
    best = run(given, "expert")
    code = code_of(answered(champion.hand_in(given["round"], best.inputs)))
    race = thief.start(against=code)
    clock.shift(RACE_TIME)
    assert refusal(thief.hand_in(race["round"], best.inputs)) == (409, "round_copied")
    assert stored(database, race["round"]).state == "refused"


def test_a_link_leads_to_the_race_and_tells_who_took_it_up(phones: Phones, clock: Any, app: Flask) -> None:
    challenger, friend = phones(), phones()
    code = code_of(made(challenger, clock, "beginner"))
    link = link_of(challenger, code)
    landing = app.test_client().get(f"{link}?lang=en")
    assert landing.status_code == 200
    assert "Take it up" in landing.text
    token = link.rpartition("/")[2]
    page = friend.get(f"/challenge?against={code}&link={token}&lang=en")
    assert script(page.text, "play")["ghost"]["link"] == token
    given = friend.start(against=code, link=token)
    clock.shift(RACE_TIME)
    assert answered(friend.hand_in(given["round"], run(given, "expert", 3).inputs))["race"]["beaten"]
    told = challenger.get(f"/rounds/{code}/challenge?lang=en").text
    assert "1 friend took it up · 1 beat you" in told
    made(friend, clock)
    for phone in (challenger, friend):
        friends = phone.get("/leaderboard?of=friends&lang=en").text
        assert len(re.findall(r'class="list-row', friends)) == 2


def test_a_link_that_nobody_signed_attributes_nobody(phones: Phones, clock: Any) -> None:
    challenger, friend = phones(), phones()
    code = code_of(made(challenger, clock))
    for token in ("", "nonsense", "QUJD.aaaaaa.bbbbbb"):
        friend.start(against=code, link=token)
        landed = friend.get(f"/beat/{token or 'x'}", Accept="application/json")
        assert refusal(landed) == (404, "link_unknown")
    assert "Nobody has taken it up yet" in challenger.get(f"/rounds/{code}/challenge?lang=en").text


def test_somebody_elses_round_is_not_mine_to_send(phones: Phones, clock: Any) -> None:
    challenger, friend = phones(), phones()
    code = code_of(made(challenger, clock))
    answer = friend.get(f"/rounds/{code}/challenge")
    assert answer.status_code == 302
    assert answer.location.endswith(f"/rounds/{code}/watch")


def test_the_card_is_a_picture_with_the_link(runner: Phone, clock: Any, app: Flask) -> None:
    link = link_of(runner, code_of(made(runner, clock)))
    answer = app.test_client().get(f"{link}/card.jpg?lang=zh")
    assert answer.content_type == "image/jpeg"
    assert Image.open(io.BytesIO(answer.data)).size == (1080, 1440)


def test_who_joins_by_a_link_is_attributed(
    phones: Phones, clock: Any, app: Flask, database: Database
) -> None:
    challenger = phones()
    code = code_of(made(challenger, clock))
    newcomer = app.test_client()
    newcomer.get(link_of(challenger, code))
    profile = prove(newcomer, database).location
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
    send(newcomer, profile, name="Ada", store_id=str(store.id), consent="1")
    with database.transaction() as db:
        joined = member.by_phone(db, PHONE)
        assert joined is not None
        rows = db.execute(
            text("select member_id, friend_id, joined from friend where took_mine_at is not null")
        )
        assert rows.all() == [(challenger.member_id, joined.member_id, True)]
    assert "1 friend joined the club" in challenger.get(f"/rounds/{code}/challenge?lang=en").text


def test_a_mistaken_body_starts_no_race(runner: Phone) -> None:
    bodies: list[Any] = [{"against": 5}, {"against": ["x"]}, {"against": "x" * 201}, {"against": "\x00"}]
    for body in bodies:
        assert refusal(runner.post("", body)) == (422, "bad_input")


def test_every_board_shows_the_newest_score_at_once(runner: Phone, clock: Any) -> None:
    code = code_of(made(runner, clock))
    for of in ("campaign", "day", "store", "team", "friends", "nonsense", ""):
        page = runner.get(f"/leaderboard?of={of}&lang=en").text
        assert "No. 1" in page, of
        assert f"/rounds/{code}/watch" in page, of


def test_strangers_see_the_boards_of_everybody_only(runner: Phone, clock: Any, app: Flask) -> None:
    made(runner, clock)
    page = app.test_client().get(f"/c/{runner.slug}/leaderboard?of=store&lang=en").text
    assert set(re.findall(r"[?&;]of=(\w+)", page)) == {"campaign", "day"}


def test_a_score_is_on_the_board_although_redis_forgot_everything(
    runner: Phone, clock: Any, redis: Any
) -> None:
    made(runner, clock)
    redis.flushall()
    assert "No. 1" in runner.get("/leaderboard?lang=en").text
    # Meanwhile somebody else builds it anew.
    for _ in range(100):
        if redis.keys("board:*:members"):
            break
        time.sleep(0.02)
    assert redis.keys("board:*:members")


def test_a_watched_round_is_the_one_on_the_board(phones: Phones, clock: Any, database: Database) -> None:
    it = phones()
    first = code_of(made(it, clock, "beginner"))
    best = code_of(made(it, clock, "expert"))
    worse = code_of(made(it, clock, "beginner", 9))
    assert len({first, best, worse}) == 3
    page = it.get("/leaderboard").text
    assert f"/rounds/{best}/watch" in page
    with database.transaction() as db:
        live = campaigns.read_live(db, campaigns.by_slug(db, it.slug).id)
        assert campaigns.recording(db, live, code=worse).code == worse
