"""What a campaign brought: on the page, in the exports, unit by unit."""

import csv
import io
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

import campaigns
from center_core import member, user
from center_core.kit import Database, utcnow
from scrm.engine import engine
from tests import make
from tests.make import campaign as making

from .conftest import TOKEN, Desk

Desks = Callable[..., Desk]
PLAYERS = 3


@pytest.fixture
def played(app: Flask, database: Database) -> campaigns.Live:
    """Three members played once each, and each won a voucher with a name that a spreadsheet might run."""
    now = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        voucher = make.template(db, now=now, kind="gift", value=0, valid_until=now + timedelta(days=90))
        prizes = [
            making.prize(
                1, "gift", name={"en": "=SCARF()", "zh": "=围巾()"}, stock=10, odds_ppm=1_000_000,
                template_id=str(voucher.id), value_fen=68_000,
            ),
            making.fallback(),
        ]  # fmt: skip
        live = making.live(db, now=now, slug="scarves", prizes=prizes)
        people = [make.member(db, name=name) for name in ("王小明", "+86 Li", "陈雪")]
    with app.app_context():
        for person in people:
            engine().play(
                engine().live("scarves"), member_id=person.member_id, key=secrets.token_hex(16), now=now
            )
        engine().visits.count(live.id, "", now)
        engine().visits.write()
    return live


def rows(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_page_tells_the_figures(desk: Desks, played: campaigns.Live) -> None:
    page = desk("marketer").get(f"/campaigns/{played.id}/report").get_data(as_text=True)
    figures = page[page.index("<dl") : page.index("</dl>")]
    told = [part.split("<")[0] for part in figures.split('class="figure">')[1:]]
    assert told == ["1", "3", "3", "3", "3", "0", "¥0"]
    piece = desk("marketer").get(f"/campaigns/{played.id}/figures").get_data(as_text=True)
    assert "<html" not in piece


def test_the_export_is_a_table_that_runs_nothing(desk: Desks, played: campaigns.Live) -> None:
    answer = desk("marketer").get(f"/campaigns/{played.id}/report.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    table = rows(answer.data)
    assert ["Plays", "3"] in table
    assert ["'=SCARF()", "Gift voucher", "10", "3", "7", "2040"] in table


def test_who_won_which_unit_and_when(desk: Desks, database: Database, played: campaigns.Live) -> None:
    marketer = desk("marketer")
    page = marketer.get(f"/campaigns/{played.id}/winners").get_data(as_text=True)
    assert [f"<strong>{number}</strong>" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    later = marketer.get(f"/campaigns/{played.id}/winners?prize=1&unit=3").get_data(as_text=True)
    assert [f"<strong>{number}</strong>" in later for number in (1, 2, 3)] == [False, False, True]
    table = rows(marketer.get(f"/campaigns/{played.id}/winners.csv?prize=1").data)
    assert [row[0] for row in table[1:]] == ["1", "2", "3"]
    assert {row[2] for row in table[1:]} == {"王小明", "'+86 Li", "陈雪"}
    with database.transaction() as db:
        exports = [e for e in user.audit_log(db).rows if e.verb == "campaign.export"]
        assert exports[0].detail == {"what": "winners", "prize": 1, "rows": PLAYERS}


def test_erased_winners_stay_winners(desk: Desks, database: Database, played: campaigns.Live) -> None:
    with database.transaction() as db:
        first = campaigns.winners(db, played.id, prize_no=1).rows[0]
        assert first.member_id is not None
        member.erase(db, member_id=first.member_id, now=utcnow())
    assert desk("marketer").get(f"/campaigns/{played.id}/winners").status_code == 200


def test_a_rehearsal_writes_nothing(desk: Desks, database: Database, played: campaigns.Live) -> None:
    marketer = desk("marketer")
    address = f"/campaigns/{played.id}/rehearsal?plays=500&seed=7"
    # The token of its forms is another one each second.
    page, again = (TOKEN.sub("", marketer.get(address).get_data(as_text=True)) for _ in range(2))
    assert page == again
    assert "¥6,800" in page
    with database.transaction() as db:
        assert campaigns.report(db, played.id, utcnow()).plays == PLAYERS
    for nonsense in ("plays=0", "plays=many", "plays=99999999999", "plays=5&seed=0"):
        assert marketer.get(f"/campaigns/{played.id}/rehearsal?{nonsense}").status_code == 422
