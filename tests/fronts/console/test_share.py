"""Links, codes and posters of a campaign."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image

from center_core import channel
from center_core.kit import Database, utcnow
from scrm.engine import engine
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]


@pytest.fixture
def path(database: Database) -> str:
    with database.transaction() as db:
        return f"/campaigns/{making.live(db, now=utcnow(), slug='scarves').id}"


def test_a_code_leads_to_the_campaign_and_counts_for_its_store(
    app: Flask, desk: Desks, database: Database, path: str
) -> None:
    with database.transaction() as db:
        store = make.store(db)
    marketer = desk("marketer")
    marketer.post(f"{path}/codes", {"label": "Moments post", "store_id": str(store.id)})
    page = marketer.get(f"{path}/share").get_data(as_text=True)
    address = re.findall(r'data-copy="([^"]+\?k=[^"]+)"', page)[0]
    assert app.test_client().get(address.partition("8000")[2]).status_code == 200
    with app.app_context():
        engine().visits.write()
    report = marketer.get(f"{path}/report").get_data(as_text=True)
    assert "Moments post" in report

    with database.transaction() as db:
        (code,) = channel.codes(db, campaign_slug="scarves")
    assert code.store_id == store.id
    marketer.post(f"{path}/codes/{code.code}/retirement")
    assert code.code not in marketer.get(f"{path}/share").get_data(as_text=True)


def test_qr_codes_are_pictures_fit_for_print(desk: Desks, path: str) -> None:
    marketer = desk("marketer")
    svg = marketer.get(f"{path}/qr.svg")
    assert svg.content_type == "image/svg+xml"
    assert svg.data.startswith(b"<svg")
    picture = Image.open(io.BytesIO(marketer.get(f"{path}/qr.png").data))
    assert min(picture.size) >= 800
    assert marketer.get(f"{path}/qr.gif").status_code == 404
    assert marketer.get(f"{path}/qr.svg?code=FOREIGN").status_code == 404
    assert marketer.get(f"{path}/poster").status_code == 200


@pytest.mark.parametrize("form", [{}, {"label": "x"}, {"label": "", "store_id": "nonsense"}])
def test_a_code_needs_a_label_and_a_store(desk: Desks, path: str, form: dict[str, str]) -> None:
    assert desk("marketer").post(f"{path}/codes", form).status_code == 422
