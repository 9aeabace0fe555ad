"""What headquarters keeps in order beside campaigns: coupons, stores, keys, staff, saved views, deliveries."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import insert, select

from center_core import channel, marketing, user
from center_core.kit import Database, Forbidden, Outbox, utcnow, uuid7
from scrm import backlog
from scrm.config import Config
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]

COUPON = {
    "code": "DOWN50",
    "name.zh": "五十元券",
    "name.en": "¥50 off",
    "kind": "amount",
    "amount": "50",
    "minimum": "399.5",
    "valid_from": "2026-11-01T00:00",
    "valid_until": "2026-12-31T00:00",
    "stock_total": "1000",
    "style_codes": "D100，D200",
    "version": "0",
}


KEPT = (
    "scope",
    "art",
    "zone",
    "valid_from",
    "valid_until",
    "value",
    "terms",
    "name",
    "stacking",
    "member_limit",
)


@pytest.fixture(autouse=True)
def _catalogue(database: Database) -> None:
    """The styles that the coupon is for."""
    with database.transaction() as db:
        for code in ("D100", "D200"):
            make.style(db, code=code)


def test_a_coupon_template_from_draft_to_closed(desk: Desks, database: Database) -> None:
    marketer = desk("marketer")
    path = marketer.post("/coupons/new", COUPON).headers["Location"].removeprefix("/console")
    template_id = UUID(path.rpartition("/")[2])

    def kept() -> marketing.CouponTemplate:
        with database.transaction() as db:
            return marketing.template(db, template_id)

    assert (kept().state, kept().value, kept().minimum_fen) == ("draft", 5_000, 39_950)
    assert kept().scope["style_codes"] == ["D100", "D200"]
    marketer.post(f"{path}/opening")
    version = str(kept().version)
    assert marketer.post(path, {**COUPON, "amount": "60", "version": version}).status_code == 302
    assert (kept().state, kept().value) == ("active", 6_000)
    stale = marketer.post(path, {**COUPON, "amount": "70", "version": version})
    assert stale.status_code == 422
    assert "Somebody else has just changed this coupon." in stale.get_data(as_text=True)
    marketer.post(f"{path}/closure")
    assert (kept().state, kept().value) == ("closed", 6_000)
    assert 'value="399.5"' in marketer.get(path).get_data(as_text=True)


def typed_on(page: str) -> dict[str, Any]:
    """What a browser would send of the form as it is."""
    fields: dict[str, Any] = dict(
        re.findall(r'<input class="form-control[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page)
    )
    fields["version"] = re.findall(r'name="version" value="(\d+)"', page)[0]
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]+)" selected', inside)
    for name, inside in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<', page):
        fields[name] = inside
    return fields


def test_a_template_saved_as_it_is_stays_as_it_is(desk: Desks, database: Database) -> None:
    """Also where one of its stores has closed, and where it has what the form does not ask for."""
    with database.transaction() as db:
        gone, shop = make.store(db), make.store(db, kind="eshop")
        made = make.template(
            db,
            scope={"store_ids": [str(gone.id), str(shop.id)], "categories": [], "style_codes": []},
            art="ember",
            zone="Asia/Tokyo",
            terms={"zh": "", "en": "Everywhere"},
            valid_until=make.NOW + timedelta(days=30, seconds=59),
        )
        make.coupon(db, make.member(db), of=made)
        before = {name: getattr(made, name) for name in KEPT}
        gone.active = False
    marketer = desk("marketer")
    page = marketer.get(f"/coupons/{made.id}").get_data(as_text=True)
    answer = marketer.post(f"/coupons/{made.id}", typed_on(page))
    assert answer.status_code == 302, re.findall(r'role="alert">([^<]+)<', answer.get_data(as_text=True))
    with database.transaction() as db:
        after = marketing.template(db, made.id)
        assert {name: getattr(after, name) for name in KEPT} == before
        assert after.version == made.version + 1


def test_a_closed_template_is_opened_again(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        made = make.template(db)
        marketing.close_template(db, template_id=made.id)
    marketer = desk("marketer")
    action = f"/coupons/{made.id}/opening"
    assert action in marketer.get(f"/coupons/{made.id}").get_data(as_text=True)
    marketer.post(action)
    with database.transaction() as db:
        assert marketing.template(db, made.id).state == "active"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount": "1"}, "amount"), ({"valid_until": "2026-11-20T00:00"}, "valid_until")],
)
def test_a_coupon_that_a_campaign_promises_is_not_made_worse(
    desk: Desks, database: Database, changes: dict[str, str], field: str
) -> None:
    marketer = desk("marketer")
    path = marketer.post("/coupons/new", COUPON).headers["Location"].removeprefix("/console")
    marketer.post(f"{path}/opening")
    with database.transaction() as db:
        template_id = path.rpartition("/")[2]
        prize = making.prize(1, "coupon", template_id=template_id, odds_ppm=1)
        making.live(db, prizes=[prize, making.fallback()])
    answer = marketer.post(path, {**COUPON, **changes, "version": "2"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "A published campaign promises this coupon" in page
    assert f'data-error-of="{field}" role="alert">This would be less' in page


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"amount": "0"}, "amount", "The amount must be more than nothing."),
        ({"amount": "fifty"}, "amount", "Please enter a number."),
        ({"amount": "1.005"}, "amount", "At most 2 decimal places."),
        ({"kind": "percent", "percent": "101"}, "percent", "Must be at most 100."),
        ({"kind": "bogus"}, "kind", "Please choose one of the options."),
        ({"valid_until": "2026-10-01T00:00"}, "valid_until", "The end must come after the start."),
        ({"valid_until": "soon"}, "valid_until", "Please enter a date and a time."),
        ({"name.en": ""}, "name.en", "Please fill this in."),
        ({"minimum": "10"}, "minimum", "The minimum spend is less than the discount."),
        ({"stock_total": "-1"}, "stock_total", "Must be at least 0."),
        ({"kind": "gift", "gift_sku_code": "GLOVE-M"}, "gift_sku_code", "No article has this code: GLOVE-M."),
        ({"categories": "glove"}, "categories", "No style has this category: glove."),
        ({"style_codes": "D100 D300"}, "style_codes", "No style has this code: D300."),
    ],
)
def test_a_wrong_coupon_is_told_at_its_field(
    desk: Desks, changes: dict[str, str], field: str, text: str
) -> None:
    answer = desk("marketer").post("/coupons/new", {**COUPON, **changes})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert re.findall(rf'data-error-of="{re.escape(field)}" role="alert">([^<]*)<', page) == [text]
    assert f'value="{changes.get("amount", "50")}"' in page


def test_an_api_key_is_shown_once_and_revoked_at_once(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        store = make.store(db)
    operations = desk("operations")
    form = {"store_id": str(store.id), "label": "POS", "scopes": ["member:read", "coupon:write"]}
    page = operations.post("/api-keys", form)
    assert page.status_code == 201
    (plaintext,) = set(re.findall(r"sk_[0-9a-f]{12}_[\w-]{20,}", page.get_data(as_text=True)))
    assert plaintext not in operations.get("/api-keys").get_data(as_text=True)
    with database.transaction() as db:
        key = channel.key(db, plaintext)
    assert key.scopes == ["coupon:write", "member:read"]
    operations.post(f"/api-keys/{key.id}/revocation")
    with database.transaction() as db, pytest.raises(Forbidden):
        channel.key(db, plaintext)
    with database.transaction() as db:
        told = str([entry.detail for entry in user.audit_log(db).rows])
        assert plaintext not in told


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"label": "POS", "scopes": "member:read"}, "store_id"),
        ({"store_id": "not-an-id", "label": "POS", "scopes": "member:read"}, "store_id"),
        ({"store_id": str(uuid7()), "label": "POS", "scopes": "member:read"}, "store_id"),
        ({"store_id": "STORE", "label": "POS", "scopes": "world:rule"}, "scopes"),
        ({"store_id": "STORE", "label": "POS"}, "scopes"),
        ({"store_id": "STORE", "scopes": "member:read"}, "label"),
    ],
)
def test_a_wrong_key_is_not_made(desk: Desks, database: Database, form: dict[str, Any], field: str) -> None:
    with database.transaction() as db:
        store = make.store(db)
    form = {name: str(store.id) if value == "STORE" else value for name, value in form.items()}
    answer = desk("operations").post("/api-keys", form)
    assert answer.status_code == 422
    assert re.search(rf'data-error-of="{field}" role="alert">[^<]+<', answer.get_data(as_text=True))
    with database.transaction() as db:
        assert channel.keys(db) == []


def test_somebody_new_gets_a_password_a_role_and_leaves_again(
    app: Flask, desk: Desks, database: Database
) -> None:
    admin = desk("admin")
    form = {"login": "new.person", "name.zh": "新人", "name.en": "New Person"}
    page = admin.post("/staff/new", form).get_data(as_text=True)
    password = re.findall(r'class="secret">([^<]+)<', page)[0]
    with database.transaction() as db:
        person = user.sign_in(db, login="new.person", password=password, ip=None, now=utcnow())
        assert user.grants_of(db, person.id) == []
    path = f"/staff/{person.id}"
    admin.post(f"{path}/roles", {"role": "marketer", "scope": "brand"})
    with database.transaction() as db:
        assert [grant.role for grant in user.grants_of(db, person.id)] == ["marketer"]
    admin.post(f"{path}/roles/removal", {"role": "marketer", "scope": "brand"})
    admin.post(f"{path}/departure")
    with database.transaction() as db:
        assert user.grants_of(db, person.id) == []
        assert not user.staff(db, person.id).active
        verbs = [entry.verb for entry in user.audit_log(db, subject=f"staff:{person.id}").rows]
    assert verbs == ["staff.leave", "staff.revoke", "staff.grant", "staff.create"]
    assert admin.post("/staff/new", form).status_code == 422


def test_a_store_manager_sees_their_own_people_on_the_first_page(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        here, elsewhere = make.store(db), make.store(db)
        for number in range(51):
            make.staff(db, login=f"a{number:03d}", store=elsewhere, password=None)
        make.staff(db, login="zhou", store=here, password=None)
    page = desk("manager", store=here).get("/staff").get_data(as_text=True)
    assert "<code>zhou</code>" in page
    assert "<code>a000</code>" not in page
    assert "after=" not in page


def test_an_administrator_cannot_lock_the_door_from_inside(desk: Desks, database: Database) -> None:
    admin = desk("admin")
    admin.post(f"/staff/{admin.staff.id}/departure")
    admin.post(f"/staff/{admin.staff.id}/roles/removal", {"role": "admin", "scope": "brand"})
    assert admin.get("/staff").status_code == 200
    wrong = admin.post(f"/staff/{admin.staff.id}/roles", {"role": "emperor", "scope": "brand"})
    assert wrong.status_code == 422
    nowhere = admin.post(f"/staff/{admin.staff.id}/roles", {"role": "guide", "scope": "store"})
    assert nowhere.status_code == 422


def test_a_store_is_changed_and_gets_a_code(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        store = make.store(db)
    operations = desk("operations")
    form = {"name.zh": "新店", "name.en": "New", "address.zh": "一号", "address.en": "1", "lat": "31.2"}
    half = operations.post(f"/stores/{store.id}", form)
    assert half.status_code == 422
    assert operations.post(f"/stores/{store.id}", {**form, "lng": "121.4"}).status_code == 302
    operations.post(f"/stores/{store.id}/codes", {"label": "Window poster"})
    with database.transaction() as db:
        found = channel.store(db, store.id)
        assert (found.name["en"], found.lat, found.active) == ("New", 31.2, False)
        (code,) = channel.codes(db, store_id=store.id)
    operations.post(f"/stores/{store.id}/codes/{code.code}/retirement")
    with database.transaction() as db:
        assert channel.resolve_code(db, code.code) is None


def test_a_filter_is_kept_under_a_name_by_its_owner_only(desk: Desks) -> None:
    ming, li = desk("marketer"), desk("marketer")
    answer = ming.post("/views/campaigns", {"name": "On air", "query": "state=running"})
    assert answer.headers["Location"] == "/console/campaigns?state=running"
    page = ming.get("/campaigns?state=running").get_data(as_text=True)
    assert "On air" in page
    assert "On air" not in li.get("/campaigns?state=running").get_data(as_text=True)
    removal = re.findall(r'action="/console(/views/campaigns/[^"]+/removal)"', page)[0]
    li.post(removal)
    assert "On air" in ming.get("/campaigns").get_data(as_text=True)
    ming.post(removal)
    assert "On air" not in ming.get("/campaigns").get_data(as_text=True)
    assert ming.post("/views/secrets", {"name": "x"}).status_code == 404
    for number in range(21):
        last = ming.post("/views/campaigns", {"name": f"view {number}", "query": ""})
    assert last.status_code == 409


def test_what_was_given_up_on_is_delivered_again(desk: Desks, database: Database) -> None:
    event_id = uuid7()
    with database.transaction() as db:
        db.execute(
            insert(Outbox).values(
                id=event_id, name="CouponIssued", body={}, occurred_at=utcnow(), relayed_at=utcnow(),
                parked_at=utcnow(), tries=12, error="the gateway said no",
            )
        )  # fmt: skip
    operations = desk("operations")
    assert "the gateway said no" in operations.get("/operations").get_data(as_text=True)
    assert "1 event was given up on" in desk("admin").get("/").get_data(as_text=True)
    assert operations.post(f"/operations/events/{event_id}/retry").status_code == 302
    assert operations.post(f"/operations/events/{event_id}/retry").status_code == 404
    with database.transaction() as db:
        row = db.scalars(select(Outbox).where(Outbox.id == event_id)).one()
        assert (row.tries, row.parked_at, row.relayed_at, row.error) == (0, None, None, None)
        assert backlog.backlog(db).waiting == 1


@pytest.mark.parametrize("demo", [True, False])
def test_operations_hear_that_codes_reach_nobody(
    desk: Callable[..., Desk], app: Flask, config: Config, demo: bool
) -> None:
    app.extensions["config"] = config.model_copy(update={"demo": demo})
    page = desk("operations").get("/operations").get_data(as_text=True)
    assert ("Text messages reach nobody" in page) is not demo
