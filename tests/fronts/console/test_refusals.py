"""What headquarters is refused, by its key."""

from collections.abc import Callable
from typing import Any

import pytest

import campaigns
from center_core.kit import Database, Refused, utcnow
from scrm.fronts.console.draft_changes import MOST_GRANTS, MOST_PRIZES, apply_change
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]


def refused(desk: Desk, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and key of the answer to a program."""
    sent = {"csrf_token": desk._token, **(form or {})} if method == "POST" else None
    headers = {"Accept": "application/json"}
    if path.endswith("/plays"):
        headers["Idempotency-Key"] = "k" * 16
    answer = desk.client.open(f"/console{path}", method=method, data=sent, headers=headers)
    return answer.status_code, answer.json["key"]


@pytest.fixture
def live(database: Database) -> campaigns.Live:
    with database.transaction() as db:
        return making.live(db, now=utcnow())


def test_prizes_that_the_campaign_has_not(desk: Desks, live: campaigns.Live) -> None:
    for prize in ("77", "x", "9" * 30):
        path = f"/campaigns/{live.id}/winners.csv?prize={prize}"
        assert refused(desk("marketer"), "GET", path) == (404, "prize_unknown")


def test_codes_of_no_link_of_the_campaign(desk: Desks, live: campaigns.Live) -> None:
    marketer, path = desk("marketer"), f"/campaigns/{live.id}"
    for what in ("poster", "qr.svg", "qr.png"):
        assert refused(marketer, "GET", f"{path}/{what}?code=X") == (404, "channel_code_unknown")
    assert refused(marketer, "POST", f"{path}/codes/X/retirement") == (404, "channel_code_unknown")


def test_a_revision_that_is_not_kept(desk: Desks, live: campaigns.Live) -> None:
    marketer, path = desk("marketer"), f"/campaigns/{live.id}/draft/restoration"
    for wanted in ("77", "x", ""):
        assert refused(marketer, "POST", path, {"to": wanted}) == (404, "revision_unknown")


def test_a_draft_that_says_too_little_to_be_drawn_from(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        it = making.campaign(db, now=utcnow(), prizes=[])
    assert refused(desk("marketer"), "POST", f"/campaigns/{it.id}/preview/plays") == (409, "draft_not_shown")


@pytest.mark.parametrize(
    ("change", "most", "key"),
    [("add-prize", MOST_PRIZES, "too_many_prizes"), ("add-grant", MOST_GRANTS, "too_many_grants")],
)
def test_rows_have_an_end(change: str, most: int, key: str) -> None:
    draft: dict[str, Any] = {"challenge": {}}
    for _ in range(most):
        apply_change(draft, change)
    with pytest.raises(Refused) as refusal:
        apply_change(draft, change)
    assert (refusal.value.key, refusal.value.reasons) == (key, {"most": most})
