"""One's members: found, opened, and never another store's."""

from collections.abc import Callable

import pytest

from center_core import member, user
from center_core.kit import Database
from tests import make

from .conftest import Floor, Phone


@pytest.mark.parametrize("q", ["林", "linw", "lwz", "晚舟"])
def test_found_by_what_one_remembers(phone: Phone, floor: Floor, q: str) -> None:
    assert floor.member.name in phone.get(f"/members?q={q}", script=True).text


def test_found_by_the_end_of_the_phone_number(phone: Phone, floor: Floor) -> None:
    piece = phone.get(f"/members?q={floor.member.phone_tail}", script=True).text
    assert floor.member.name in piece
    assert "<html" not in piece


def test_a_list_of_ones_own_and_of_the_store(phone: Phone, floor: Floor) -> None:
    mine, store = phone.get("/members").text, phone.get("/members?of=store").text
    assert floor.member.name in mine
    assert floor.colleagues_member.name not in mine
    assert floor.colleagues_member.name in store
    assert floor.strangers_member.name not in store


def test_only_whoever_runs_the_store_looks_through_a_guides_list(
    phone: Phone, phone_of: Callable[[user.Staff], Phone], floor: Floor
) -> None:
    address = f"/members?of={floor.colleague.id}"
    assert phone.get(address).status_code == 403
    manager = phone_of(floor.manager)
    assert floor.colleagues_member.name in manager.get(address).text
    assert manager.get(f"/members?of={floor.stranger.id}").status_code == 404


def test_the_list_goes_on_where_it_stopped(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        for n in range(31):
            make.member(db, name=f"Guest {n:02d}", store=floor.store, guide=floor.guide, now=floor.at)
    first = phone.get("/members").text
    further = first.split('hx-get="/guide')[-1].split('"')[0].replace("&amp;", "&")
    second = phone.get(further, script=True).text
    names = {f"Guest {n:02d}" for n in range(31)} | {floor.member.name}
    assert {name for name in names if name in first + second} == names
    assert not {name for name in names if name in first and name in second}


def test_another_stores_member_is_refused_everywhere(phone: Phone, floor: Floor, database: Database) -> None:
    address = f"/members/{floor.strangers_member.member_id}"
    assert phone.get(address).status_code == 403
    for path, form in (("/tags", {"tag": "x"}), ("/tags/removal", {"tag": "x"}), ("/notes", {"text": "x"})):
        assert phone.post(address + path, **form).status_code == 403
    with database.transaction() as db:
        assert member.tags(db, floor.strangers_member.member_id) == []


def test_a_colleagues_member_may_be_served_and_looking_is_noted(
    phone: Phone, floor: Floor, database: Database
) -> None:
    phone.get(f"/members/{floor.member.member_id}")
    page = phone.get(f"/members/{floor.colleagues_member.member_id}").text
    assert f"{floor.colleague.name['en']} looks after this member." in page
    assert "tel:" not in page
    with database.transaction() as db:
        looked = user.audit_log(db, limit=10).rows
    assert [(row.verb, row.subject) for row in looked] == [
        ("member.look", f"member:{floor.colleagues_member.member_id}")
    ]


def test_who_left_the_club_is_not_there(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        member.erase(db, member_id=floor.member.member_id, now=floor.at)
    assert phone.get(f"/members/{floor.member.member_id}").status_code == 404


def test_the_card_shows_what_was_bought_and_what_can_be_used(
    phone: Phone, floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        sku = make.sku(db, price_fen=89_900)
        make.sale(db, floor.store, buyer=floor.member, lines=[(sku, 2)], now=floor.at)
        make.coupon(db, floor.member, now=floor.at)
    page = phone.get(f"/members/{floor.member.member_id}").text
    assert "¥1,798" in page
    assert "2 pieces" in page
    assert 'class="ticket"' in page
    assert f'href="tel:{floor.member.phone}"' in page
    assert ">120<" in page
