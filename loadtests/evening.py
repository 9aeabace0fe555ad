"""A campaign evening on the demo brand: a campaign with scarce prizes, members with tokens, guides, tills.

What the load generator needs to know is written into one file, since it runs in a process of its own.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import orjson
from sqlalchemy import text

import campaigns
from center_core import channel, inventory, marketing, user
from center_core.kit import Session, utcnow, uuid7
from loadtests.installation import Installation
from scrm.engagement import conversation
from scrm.fronts.identity import Tokens, password_mark

SLUG = "campaign-evening"
PLAYERS = 4_000
CONVERSATIONS = 200
TILLS = 12
PIECES_AT_TILL = 1_000_000
ARTICLES = 40
GIFTS, POINTS_PRIZES = 1_000, 500
SCOPES = ("member:read", "coupon:read", "coupon:write", "order:write", "product:read")


@dataclass(frozen=True)
class Player:
    id: str
    card: str
    token: str


@dataclass(frozen=True)
class TalkingPair:
    """A conversation, with what each side needs to connect."""

    conversation: str
    member: str
    member_token: str
    staff_token: str


@dataclass(frozen=True)
class Till:
    """A store's till: its API key, and the SKUs that it sells."""

    store: str
    key: str
    skus: list[str]


@dataclass(frozen=True)
class Evening:
    """Everything that a load generator needs; ``promised`` is each limited prize's number of pieces."""

    url: str
    realtime_url: str
    origin: str
    slug: str
    campaign_id: str
    promised: dict[int, int]
    players: list[Player]
    pairs: list[TalkingPair]
    tills: list[Till]

    def save(self, path: Path) -> None:
        path.write_bytes(orjson.dumps(self, option=orjson.OPT_NON_STR_KEYS))

    @classmethod
    def load(cls, path: Path) -> Self:
        fields: dict[str, Any] = orjson.loads(path.read_bytes())
        return cls(
            **fields
            | {
                "promised": {int(no): pieces for no, pieces in fields["promised"].items()},
                "players": [Player(**one) for one in fields["players"]],
                "pairs": [TalkingPair(**one) for one in fields["pairs"]],
                "tills": [Till(**one) for one in fields["tills"]],
            }
        )


def prepare(it: Installation) -> Evening:
    """Open the campaign, let some thousand members run for the leaderboard, open conversations and tills."""
    tokens = it.tokens()
    database = it.database()
    with database.transaction() as db:
        campaign_id = open_campaign(db)
        rows = db.execute(
            text(
                "select member_id, number from member where kind = 'person' and status = 'active' "
                "order by member_id limit :limit"
            ),
            {"limit": PLAYERS},
        ).all()
        players = [Player(str(id), number, tokens.make("member", id.bytes)) for id, number in rows]
        score(db, campaign_id, [row.member_id for row in rows])
        pairs = open_conversations(db, tokens)
        tills = open_tills(db)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze"))
    database.close()
    return Evening(
        url=it.url,
        realtime_url=it.realtime_url,
        origin=f"http://localhost:{it.port}",
        slug=SLUG,
        campaign_id=str(campaign_id),
        promised={1: GIFTS, 3: POINTS_PRIZES},
        players=players,
        pairs=pairs,
        tills=tills,
    )


def open_campaign(db: Session) -> UUID:
    """A wheel behind a sprint. The points prize runs out early in the evening, so that overselling would show."""
    now = utcnow()
    codes = {
        t.code: str(t.id) for code in ("SCARF", "WINTER50") for t in marketing.templates(db, q=code).rows
    }
    draft = campaigns.campaign_type("challenge").template(now, "Asia/Shanghai")
    draft["title"] = {"en": "Campaign Evening", "zh": "冬夜盛典"}
    draft["limits"] = {"plays": None, "plays_per_day": 1000, "free": 0, "free_per_day": 1000}
    draft["period"] = {
        "starts_at": (now - timedelta(hours=1)).isoformat(),
        "ends_at": (now + timedelta(days=10)).isoformat(),
        "zone": "Asia/Shanghai",
    }
    draft["prizes"] = [
        {"no": 1, "name": {"en": "A scarf", "zh": "羊绒围巾"}, "kind": "gift", "template_id": codes["SCARF"],
         "stock": GIFTS, "odds_ppm": 50_000, "value_fen": 49_900},
        {"no": 2, "name": {"en": "50 yuan off", "zh": "50 元券"}, "kind": "coupon",
         "template_id": codes["WINTER50"], "odds_ppm": 100_000, "value_fen": 5_000},
        {"no": 3, "name": {"en": "88 points", "zh": "88 积分"}, "kind": "points", "points": 88,
         "stock": POINTS_PRIZES, "odds_ppm": 250_000, "value_fen": 88},
        {"no": 4, "name": {"en": "A warm wish", "zh": "温暖祝福"}, "kind": "none", "fallback": True},
    ]  # fmt: skip
    it = campaigns.create(db, slug=SLUG, type="challenge", staff_id=None, now=now, draft=draft)
    campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
    return it.id


def score(db: Session, campaign_id: UUID, members: list[UUID]) -> None:
    """Best scores for every second member, each with its round, as if they had run."""
    facts = {"campaign": campaign_id, "members": members[::2], "now": utcnow()}
    db.execute(
        text(
            "insert into game_round (member_id, id, campaign_id, idempotency_key, version, game, seed, started_at, "
            "deadline, finished_at, state, flags, rules_version, chances, score, tie) "
            "select m, gen_random_uuid(), :campaign, 'evening-' || n, 1, 'sprint', repeat('0', 32), :now, :now, :now, "
            "'scored', '[]', 'evening', 0, 12000 + (n * 7919) % 9000, n % 97 "
            "from unnest(cast(:members as uuid[])) with ordinality as u (m, n)"
        ),
        facts,
    )
    db.execute(
        text(
            "insert into participation "
            "(member_id, campaign_id, joined_at, best_score, best_tie, best_at, best_round_id) "
            "select member_id, campaign_id, :now, score, tie, :now, id from game_round "
            "where campaign_id = :campaign and member_id = any(:members)"
        ),
        facts,
    )


def open_conversations(db: Session, tokens: Tokens) -> list[TalkingPair]:
    """Between members and the guides that they are bound to."""
    bound = db.scalars(
        text("select member_id from binding where until is null order by member_id limit :limit"),
        {"limit": CONVERSATIONS},
    ).all()
    talks = [conversation.open_with_guide(db, member_id=member_id, now=utcnow()) for member_id in bound]
    guides = user.staff_by_ids(db, {talk.staff_id for talk in talks})
    marks = {guide.id: password_mark(guide.password_hash) for guide in guides}
    return [
        TalkingPair(
            conversation=str(talk.id),
            member=str(talk.member_id),
            member_token=tokens.make("socket", b"member:" + talk.member_id.bytes),
            staff_token=tokens.make("socket", b"staff:" + talk.staff_id.bytes + marks[talk.staff_id]),
        )
        for talk in talks
    ]


def open_tills(db: Session) -> list[Till]:
    """Tills with a key each and with goods that the evening will not exhaust."""
    now = utcnow()
    skus = db.execute(text("select id, code from sku order by code limit :limit"), {"limit": ARTICLES}).all()
    stores = db.execute(
        text("select id, code from store where kind = 'store' order by code limit :limit"), {"limit": TILLS}
    ).all()
    tills = []
    for store in stores:
        _, key = channel.issue_key(db, store_id=store.id, label="load test", scopes=SCOPES, now=now)
        location = inventory.location_of_store(db, store.id)
        for sku in skus:
            inventory.receive(
                db,
                location_id=location.id,
                sku_id=sku.id,
                quantity=PIECES_AT_TILL,
                source=("load_test", uuid7()),
                now=now,
            )
        tills.append(Till(store.code, key, [sku.code for sku in skus]))
    return tills
