"""Who may do what in the console, and that no other site can make them do it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from center_core import channel
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]

# Which of the pages each role opens; None of them may be opened by a shop guide.
PAGES = {
    "/campaigns": {"admin", "marketer", "approver", "auditor"},
    "/campaigns/new": {"admin", "marketer"},
    "/campaigns/{campaign}/edit": {"admin", "marketer"},
    "/campaigns/{campaign}/history": {"admin", "marketer"},
    "/campaigns/{campaign}/preview": {"admin", "marketer", "approver", "auditor"},
    "/campaigns/{campaign}/publication": {"admin", "marketer", "approver"},
    "/campaigns/{campaign}/report": {"admin", "marketer", "approver", "auditor"},
    "/campaigns/{campaign}/report.csv": {"admin", "marketer", "operations"},
    "/campaigns/{campaign}/winners": {"admin", "marketer", "approver", "auditor"},
    "/campaigns/{campaign}/share": {"admin", "marketer", "approver", "auditor"},
    "/seasons": {"admin", "marketer", "approver", "auditor"},
    "/seasons/new": {"admin", "marketer"},
    "/coupons": {"admin", "marketer", "approver", "auditor", "service"},
    "/coupons/new": {"admin", "marketer"},
    "/members": {"admin", "marketer", "service"},
    "/tiers": {"admin", "marketer", "service"},
    "/stores": {"admin", "marketer", "operations", "service", "auditor"},
    "/api-keys": {"admin", "operations"},
    "/staff": {"admin", "operations", "auditor"},
    "/staff/new": {"admin"},
    "/audit": {"admin", "auditor"},
    "/operations": {"admin", "operations", "auditor"},
}
ROLES = ("admin", "marketer", "approver", "operations", "service", "auditor")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_other(desk: Desks, database: Database, role: str) -> None:
    with database.transaction() as db:
        campaign = making.live(db, now=utcnow())
    person = desk(role)
    answered = {path: person.get(path.format(campaign=campaign.id)).status_code for path in PAGES}
    assert answered == {path: 200 if role in roles else 403 for path, roles in PAGES.items()}


def test_a_role_in_one_store_opens_nothing_of_the_brand(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        store = make.store(db)
        campaign = making.live(db, now=utcnow())
    manager, local_marketer = desk("manager", store=store), desk("marketer", store=store)
    for person in (manager, local_marketer):
        assert person.get("/").status_code == 200
        assert person.get("/campaigns").status_code == 403
        assert person.post(f"/campaigns/{campaign.id}/pause").status_code == 403
        assert person.get("/coupons").status_code == 403


def test_a_closed_door_shows_the_way_back(app: Flask, desk: Desks) -> None:
    approver = desk("approver")
    page = approver.get("/audit").get_data(as_text=True)
    assert "You may not do this here." in page
    assert 'href="/console/campaigns"' in page
    piece = approver.client.get("/console/audit", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert piece.strip().startswith('<div class="alert')
    nobody = app.test_client().post("/console/sign-out")
    assert nobody.status_code == 400
    assert "/console/sign-in" in nobody.get_data(as_text=True)


def test_the_rail_offers_only_what_opens(desk: Desks) -> None:
    page = desk("operations").get("/").get_data(as_text=True)
    assert "API keys" in page
    assert "Audit log" not in page
    assert 'href="/console/campaigns"' not in page


def test_members_of_other_stores_are_not_shown(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        make.tiers(db)
        here, there = make.store(db), make.store(db)
        guide, other_guide = make.guide(db, here), make.guide(db, there)
        ours = make.member(db, name="林晚舟", store=here, guide=guide)
        theirs = make.member(db, name="林小雪", store=there, guide=other_guide)
    manager = desk("manager", store=here)
    page = manager.get("/members?q=林").get_data(as_text=True)
    assert "林晚舟" in page
    assert "林小雪" not in page
    assert manager.get(f"/members/{ours.member_id}").status_code == 200
    assert manager.get(f"/members/{theirs.member_id}").status_code == 403
    assert "林小雪" in desk("service").get("/members?q=林小雪").get_data(as_text=True)


def test_stores_and_keys_of_others_stay_theirs(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        here, there = make.store(db), make.store(db)
        key, _plain = channel.issue_key(
            db, store_id=there.id, label="POS", scopes=["member:read"], now=utcnow()
        )
    local = desk("operations", store=here)
    assert local.get(f"/stores/{there.id}").status_code == 403
    assert local.post(f"/stores/{there.id}", {"name.en": "Mine"}).status_code == 403
    assert local.post(f"/api-keys/{key.id}/revocation").status_code == 403
    taken = local.post("/api-keys", {"store_id": str(there.id), "label": "x", "scopes": "member:read"})
    assert taken.status_code == 403


def post_routes(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    stand_in = {"uuid": uuid4(), "default": "x", "string": "x", "int": 1}
    routes = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and "POST" in (rule.methods or ()):
            values = {name: stand_in[kind_of(rule, name)] for name in rule.arguments}
            routes.append((rule.endpoint, values))
    return routes


def kind_of(rule: Any, argument: str) -> str:
    kinds = {"UUIDConverter": "uuid", "IntegerConverter": "int"}
    return kinds.get(type(rule._converters[argument]).__name__, "string")


def test_no_form_is_taken_without_its_token(app: Flask, desk: Desks) -> None:
    """What the editor's phone asks as a game does is no form: another site's page cannot send its header."""
    admin = desk("admin")
    routes = post_routes(app)
    assert len(routes) > 20
    for endpoint, values in routes:
        with app.test_request_context():
            address = app.url_for(endpoint, **values)
        answer = admin.client.post(address, data={"slug": "x"})
        is_form = not endpoint.startswith("console.preview_")
        assert answer.status_code == 400, address
        assert ("form_expired" if is_form else "idempotency_key_missing") in answer.get_data(as_text=True), (
            address
        )
