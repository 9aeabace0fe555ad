"""What stops a publication, each with the field that the console shows it at."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import campaigns
import games
from campaigns.models import CampaignVersion
from center_core.kit import Refused, Session, uuid7
from tests import make
from tests.make import campaign as making

Draft = dict[str, Any]


def _drop(name: str) -> Callable[[Draft], None]:
    return lambda draft: draft.pop(name)


def _at(path: str, value: Any) -> Callable[[Draft], None]:
    """Set ``value`` at a dotted path."""

    def change(draft: Draft) -> None:
        *parents, last = path.split(".")
        part: Any = draft
        for name in parents:
            part = part[int(name)] if name.isdigit() else part[name]
        part[int(last) if last.isdigit() else last] = value

    return change


MISTAKES = [
    ("no title", _drop("title"), "missing", "title"),
    ("no Chinese title", _at("title.zh", "  "), "missing", "title.zh"),
    ("no claim rules", _drop("claim_rules"), "missing", "claim_rules"),
    ("no prizes", _at("prizes", []), "too_few", "prizes"),
    ("odds over 100 % at once", _at("prizes.0.odds_ppm", 1_000_001), "odds_over_100", "prizes.0.odds_ppm"),
    ("negative stock", _at("prizes.0.stock", -1), "stock_negative", "prizes.0.stock"),
    ("half a piece", _at("prizes.0.stock", 1.5), "not_whole", "prizes.0.stock"),
    ("a stock in words", _at("prizes.0.stock", "many"), "not_whole", "prizes.0.stock"),
    ("a stock beyond counting", _at("prizes.0.stock", "9" * 5000), "not_whole", "prizes.0.stock"),
    ("cleared odds", _at("prizes.0.odds_ppm", None), "missing", "prizes.0.odds_ppm"),
    ("blank odds", _at("prizes.0.odds_ppm", ""), "missing", "prizes.0.odds_ppm"),
    ("cleared title", _at("title.en", None), "missing", "title.en"),
    ("cleared start", _at("period.starts_at", None), "missing", "period.starts_at"),
    ("a start in words", _at("period.starts_at", "tomorrow"), "no_moment", "period.starts_at"),
    ("a kind that is none", _at("prizes.0.kind", "car"), "no_option", "prizes.0.kind"),
    ("a coupon that is none", _at("prizes.0.template_id", "SNOW50"), "no_option", "prizes.0.template_id"),
    ("an unknown setting left blank", _at("surprise", None), "unknown_field", "surprise"),
    ("negative value", _at("prizes.0.value_fen", -1), "too_small", "prizes.0.value_fen"),
    (
        "end before start",
        _at("period.ends_at", "2020-01-01T00:00:00+08:00"),
        "ends_before_start",
        "period.ends_at",
    ),
    (
        "start without zone",
        _at("period.starts_at", "2026-11-19T00:00:00"),
        "zone_missing",
        "period.starts_at",
    ),
    ("unknown time zone", _at("period.zone", "Mars/Olympus"), "invalid", "period.zone"),
    ("unknown setting", _at("surprise", 1), "unknown_field", "surprise"),
    ("unknown type", _at("type", "lottery"), "type_unknown", "type"),
    ("no fallback prize", _at("prizes.1.fallback", False), "fallback_count", "prizes"),
    ("limited fallback prize", _at("prizes.1.stock", 5), "fallback_limited", "prizes.1.stock"),
    ("one number twice", _at("prizes.1.no", 1), "prize_no_twice", "prizes.1.no"),
    ("a coupon without template", _at("prizes.0.kind", "coupon"), "template_missing", "prizes.0.template_id"),
    ("points prize without points", _at("prizes.0.points", 0), "points_missing", "prizes.0.points"),
    ("records kept too short", _at("records_years", 1), "too_small", "records_years"),
    (
        "half a day's curve",
        _at("draw", {"strategy": "moments", "curve": [1] * 12}),
        "curve_length",
        "draw.curve",
    ),
    ("colour that is none", _at("theme.accent", "red"), "malformed", "theme.accent"),
]


@pytest.mark.parametrize(("change", "key", "field"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_at_its_field(change: Callable[[Draft], None], key: str, field: str) -> None:
    draft = making.draft()
    assert campaigns.problems(draft) == []
    change(draft)
    assert (key, field) in [(one.key, one.field) for one in campaigns.problems(draft)]


def test_odds_that_exceed_100_percent_only_together() -> None:
    draft = making.draft(
        prizes=[
            making.prize(1, "points", points=1, odds_ppm=600_000),
            making.prize(2, "points", points=2, odds_ppm=600_000),
            making.fallback(),
        ]
    )
    (blocker,) = campaigns.problems(draft)
    assert (blocker.key, blocker.field) == ("odds_over_100", "prizes.1.odds_ppm")
    assert blocker.text % blocker.reasons == "Together the odds are 120 %, which is over 100 %."


STOPS = [
    ("dearer than the law allows", {"prizes": [
        making.prize(1, "points", points=1, odds_ppm=1, value_fen=5_000_001), making.fallback()]},
     "prize_over_ceiling", "prizes.0.value_fen"),
    ("a prize that cannot be won", {"prizes": [making.prize(1, "points", points=1), making.fallback()]},
     "odds_missing", "prizes.0.odds_ppm"),
    ("a prize of which there is none", {"prizes": [
        making.prize(1, "points", points=1, odds_ppm=1, stock=0), making.fallback()]},
     "stock_missing", "prizes.0.stock"),
    ("nothing but the fallback prize", {"prizes": [making.fallback()]}, "prizes_missing", "prizes"),
    ("nobody can play", {"limits": {"free": 0, "free_per_day": 0}}, "chances_missing", "limits.free_per_day"),
    ("a template that is nowhere", {"prizes": [
        making.prize(1, "coupon", template_id=str(uuid7()), odds_ppm=1), making.fallback()]},
     "template_unknown", "prizes.0.template_id"),
    ("a game that is nowhere", {"game": {"slug": "chess", "config": {}}}, "game_unknown", "game.slug"),
    ("a skill game to draw with", {"game": {"slug": "sprint", "config": {}}}, "game_kind", "game.slug"),
    ("a setting that the game does not know", {"game": {"slug": "wheel", "config": {"surprise": 1}}},
     "unknown_field", "game.config.surprise"),
    ("a challenge without its game", {"type": "challenge", "challenge": None}, "challenge_missing", "challenge"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "key", "field"), [s[1:] for s in STOPS], ids=[s[0] for s in STOPS])
def test_the_gate_stops(db: Session, now: datetime, parts: Draft, key: str, field: str) -> None:
    it = making.campaign(db, **parts)
    found = campaigns.gate(db, it, now=now)
    assert (key, field) in [(one.key, one.field) for one in found]
    with pytest.raises(Refused) as refused:
        campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
    assert refused.value.key == "not_publishable"
    assert {"key": key, "field": field} in [
        {"key": one["key"], "field": one["field"]} for one in refused.value.reasons["blockers"]
    ]


def test_every_game_of_chance_can_show_the_draw(db: Session, now: datetime) -> None:
    for slug, game in games.discover().items():
        chosen = {"slug": slug, "config": game.configured({})}
        it = making.campaign(db, game=chosen)
        assert [one.key for one in campaigns.gate(db, it, now=now)] == (
            [] if game.kind == "chance" else ["game_kind"]
        )


def test_every_game_that_makes_a_score_can_be_the_challenge(db: Session, now: datetime) -> None:
    for slug, game in games.discover().items():
        parts = making.challenge(game={"slug": slug, "config": game.configured({})})
        found = [one.key for one in campaigns.gate(db, making.campaign(db, **parts), now=now)]
        assert found == ([] if game.scoring else ["game_kind"])


def test_an_end_in_the_past(db: Session, now: datetime) -> None:
    it = making.campaign(db)
    later = now + timedelta(days=30)
    assert [one.key for one in campaigns.gate(db, it, now=later)] == ["ends_in_past"]


def test_a_coupon_that_expires_before_the_campaign_ends(db: Session, now: datetime) -> None:
    template = make.template(db, valid_until=now + timedelta(days=2))
    prizes = [making.prize(1, "coupon", template_id=str(template.id), odds_ppm=1), making.fallback()]
    it = making.campaign(db, prizes=prizes)
    assert [one.key for one in campaigns.gate(db, it, now=now)] == ["template_expires"]


def test_the_templates_of_all_types_can_be_published(db: Session, now: datetime) -> None:
    for slug in campaigns.types():
        it = campaigns.create(db, slug=f"fresh-{slug}", type=slug, staff_id=None, now=now)
        assert campaigns.gate(db, it, now=now) == []


PROMISE = {
    "prizes": [
        making.prize(1, "points", points=10, odds_ppm=1000, stock=100, value_fen=500),
        making.prize(2, "points", points=10, odds_ppm=1000, value_fen=500),
        making.fallback(),
    ],
    "limits": {"plays": 10, "plays_per_day": 5, "free": 1, "free_per_day": 1},
    "entry": {"tiers": ["ice"]},
}
first, second = PROMISE["prizes"][:2]  # type: ignore[index]
WORSE = [
    ("lower odds", {"prizes": [{**first, "odds_ppm": 999}, second, making.fallback()]}, "odds_lowered"),
    ("less stock", {"prizes": [{**first, "stock": 99}, second, making.fallback()]}, "stock_lowered"),
    ("fewer points", {"prizes": [{**first, "points": 9}, second, making.fallback()]}, "prize_lowered"),
    ("cheaper", {"prizes": [{**first, "value_fen": 499}, second, making.fallback()]}, "prize_lowered"),
    (
        "under another name",
        {"prizes": [{**first, "name": {"en": "A keyring", "zh": "钥匙圈"}}, second, making.fallback()]},
        "prize_renamed",
    ),
    ("other claim rules", {"claim_rules": {"en": "Come and see", "zh": "到店领取"}}, "claim_rules_changed"),
    ("removed", {"prizes": [first, making.fallback()]}, "prize_removed"),
    ("suddenly limited", {"prizes": [first, {**second, "stock": 5}, making.fallback()]}, "stock_kind"),
    ("fewer plays", {"limits": {**PROMISE["limits"], "plays": 9}}, "limits_lowered"),  # type: ignore[dict-item]
    ("fewer chances", {"limits": {**PROMISE["limits"], "free": 0}}, "limits_lowered"),  # type: ignore[dict-item]
    ("narrower entry", {"entry": {"tiers": ["peak"]}}, "entry_narrowed"),
    ("one more condition", {"entry": {"tiers": ["ice"], "new_members": True}}, "entry_narrowed"),
    ("another way to draw", {"draw": {"strategy": "moments", "curve": []}}, "draw_changed"),
]
BETTER = [
    ("better odds", {"prizes": [{**first, "odds_ppm": 2000}, second, making.fallback()]}),
    ("more stock", {"prizes": [{**first, "stock": 500}, second, making.fallback()]}),
    (
        "another prize",
        {"prizes": [first, second, making.prize(3, "points", points=1, odds_ppm=1), making.fallback()]},
    ),
    ("no limit of the day", {"limits": {**PROMISE["limits"], "plays_per_day": None}}),  # type: ignore[dict-item]
    ("wider entry", {"entry": {"tiers": ["ice", "peak"]}}),
    ("everyone", {"entry": {}}),
    ("another text", {"intro": {"en": "Better", "zh": "更好"}}),
]


@pytest.mark.parametrize(("changes", "key"), [w[1:] for w in WORSE], ids=[w[0] for w in WORSE])
def test_a_promise_is_not_taken_back(db: Session, now: datetime, changes: Draft, key: str) -> None:
    live = making.live(db, **PROMISE)
    making.edited(db, live.id, changes)
    assert key in [one.key for one in campaigns.gate(db, campaigns.campaign(db, live.id), now=now)]


@pytest.mark.parametrize("changes", [b[1] for b in BETTER], ids=[b[0] for b in BETTER])
def test_a_promise_may_be_bettered(db: Session, now: datetime, changes: Draft) -> None:
    live = making.live(db, **PROMISE)
    making.edited(db, live.id, changes)
    campaigns.publish(db, campaign_id=live.id, staff_id=None, now=now)
    again = campaigns.read_live(db, live.id)
    assert again.version == 2
    assert again.seed == live.seed


def test_a_published_period_is_not_shortened(db: Session, now: datetime) -> None:
    live = making.live(db)
    period = {"starts_at": live.definition.period.starts_at.isoformat(), "zone": "Asia/Shanghai"}
    sooner = (live.definition.period.ends_at - timedelta(hours=1)).isoformat()
    making.edited(db, live.id, {"period": {**period, "ends_at": sooner}})
    assert [one.key for one in campaigns.gate(db, campaigns.campaign(db, live.id), now=now)] == [
        "period_shortened"
    ]


SOON = {
    "starts_at": (make.NOW + timedelta(days=1)).isoformat(),
    "ends_at": (make.NOW + timedelta(days=9)).isoformat(),
    "zone": "Asia/Shanghai",
}
ARCHERY = making.challenge(game={"slug": "archery", "config": {}})
SPRINT = making.challenge(game={"slug": "sprint", "config": {}})
HARDER = making.challenge(game={"slug": "archery", "config": {"difficulty": "hard"}})
OWN_QUESTION = "Which bird gives eiderdown?\n* The eider\n- The goose\n- The duck\n- The swan"
QUIZ = making.challenge(game={"slug": "quiz", "config": {}})
SHORTER = making.challenge(game={"slug": "quiz", "config": {"questions": 4}})
MENDED = making.challenge(game={"slug": "quiz", "config": {"own_questions": OWN_QUESTION}})
NORMAL = making.challenge(game={"slug": "archery", "config": {"difficulty": "normal"}})
BESIDE_A_WHEEL = {"challenge": ARCHERY["challenge"]}
NO_GAME = {"challenge": None}
OTHER_GAMES = [
    ("another game", ARCHERY, SPRINT, "challenge_changed", "challenge.game.slug"),
    ("none", BESIDE_A_WHEEL, NO_GAME, "challenge_removed", "challenge"),
    ("harder", ARCHERY, HARDER, "challenge_settings_changed", "challenge.game.config.difficulty"),
    ("shorter", QUIZ, SHORTER, "challenge_settings_changed", "challenge.game.config.questions"),
]
GAMES_THAT_MAY_CHANGE = [
    ("another game before the start", {**ARCHERY, "period": SOON}, SPRINT),
    ("none before the start", {**BESIDE_A_WHEEL, "period": SOON}, NO_GAME),
    ("a first game", {}, BESIDE_A_WHEEL),
    ("other settings before the start", {**ARCHERY, "period": SOON}, HARDER),
    ("said instead of left to the default", ARCHERY, NORMAL),
    ("another question in a quiz", QUIZ, MENDED),
]


@pytest.mark.parametrize(
    ("parts", "changes", "key", "field"), [o[1:] for o in OTHER_GAMES], ids=[o[0] for o in OTHER_GAMES]
)
def test_scores_of_two_games_or_of_unequal_rounds_never_meet(
    db: Session, now: datetime, parts: Draft, changes: Draft, key: str, field: str
) -> None:
    live = making.live(db, **parts)
    making.edited(db, live.id, changes)
    found = campaigns.gate(db, campaigns.campaign(db, live.id), now=now)
    assert [(one.key, one.field) for one in found] == [(key, field)]


@pytest.mark.parametrize(
    ("parts", "changes"), [g[1:] for g in GAMES_THAT_MAY_CHANGE], ids=[g[0] for g in GAMES_THAT_MAY_CHANGE]
)
def test_where_nobody_has_a_score_the_game_may_change(
    db: Session, now: datetime, parts: Draft, changes: Draft
) -> None:
    live = making.live(db, **parts)
    making.edited(db, live.id, changes)
    assert campaigns.gate(db, campaigns.campaign(db, live.id), now=now) == []


def test_what_a_game_no_longer_has_need_not_stay(db: Session, now: datetime) -> None:
    live = making.live(db, **ARCHERY)
    version = db.scalar(select(CampaignVersion).where(CampaignVersion.campaign_id == live.id))
    assert version
    document = deepcopy(version.definition)
    document["challenge"]["game"]["config"] = {"difficulty": "of a release before"}
    version.definition = document
    db.flush()
    assert campaigns.gate(db, campaigns.campaign(db, live.id), now=now) == []
