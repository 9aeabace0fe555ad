"""Receipts: an honest draw verifies, on our page and by the script; a dishonest one does not."""

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import campaigns
from center_core.kit import NotFound, Session
from tests import make
from tests.make import campaign as making

from .drawing import draw, settle

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_draw.py"


def receipts(db: Session, now: datetime, *, end: bool = True, **parts: Any) -> list[campaigns.Receipt]:
    """The receipts of twenty plays of a campaign."""
    live = making.live(db, **parts)
    who = [make.member(db).member_id for _ in range(20)]
    played = draw(db, live, [(member_id, "one-play") for member_id in who])
    if end:
        settle(db, live, now)
    return [
        campaigns.receipt(db, code=campaigns.receipt_code(one.member_id, one.play_id))
        for one in played
        if isinstance(one, campaigns.Played)
    ]


WAYS: list[dict[str, Any]] = [
    {},
    {"prizes": [making.prize(1, "points", points=5, stock=3, odds_ppm=900_000), making.fallback()]},
    {
        "draw": {"strategy": "moments", "curve": []},
        "prizes": [
            making.prize(1, "points", points=5, stock=300),
            making.prize(2, "points", points=5, odds_ppm=300_000),
            making.fallback(),
        ],
    },
    {
        "draw": {"strategy": "exactly", "curve": []},
        "prizes": [making.prize(1, "points", points=5, stock=3, odds_ppm=100_000), making.fallback()],
    },
]


@pytest.mark.parametrize("parts", WAYS, ids=["odds", "sold out", "moments", "exactly"])
def test_every_draw_verifies(db: Session, now: datetime, parts: dict[str, Any], tmp_path: Path) -> None:
    found = receipts(db, now, **parts)
    assert len(found) == 20
    assert all(campaigns.verify(one).fair for one in found)
    assert all(differences(one) == [] for one in found)
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(found[0].document()))
    said = subprocess.run([sys.executable, "-I", SCRIPT, file], capture_output=True, text=True, check=True)
    assert "this draw was fair" in said.stdout


def differences(it: campaigns.Receipt) -> list[str]:
    """What the script finds."""
    spec = importlib.util.spec_from_file_location("verify_draw", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found: list[str] = script.differences(it.document())
    return found


FORGERIES: list[tuple[str, dict[str, Any]]] = [
    ("another seed", {"seed": "00" * 32}),
    ("another number", {"number": 1, "part": 0}),
    ("another key", {"key": "another-key"}),
    ("another prize drawn", {"drawn_no": 7}),
    ("the fallback prize although there was stock", {"drawn_no": 1, "prize_no": 9, "left_over": 5}),
    ("a prize although it was sold out", {"prize_no": 1, "left_over": 0}),
]


@pytest.mark.parametrize("forgery", [one[1] for one in FORGERIES], ids=[one[0] for one in FORGERIES])
def test_a_forged_receipt_does_not(db: Session, now: datetime, forgery: dict[str, Any]) -> None:
    prizes = [making.prize(1, "points", points=5, odds_ppm=1_000_000), making.fallback()]
    honest = receipts(db, now, prizes=prizes)[0]
    forged = replace(honest, **forgery)
    assert campaigns.verify(forged).fair is False
    assert differences(forged)


def test_before_the_end_only_the_prize_can_be_checked(db: Session, now: datetime) -> None:
    one = receipts(db, now, end=False)[0]
    verdict = campaigns.verify(one)
    assert verdict.fair is None
    assert verdict.prize_fits_number
    assert one.seed == ""
    assert one.seed_hash


@pytest.mark.parametrize("code", ["", "x", "A" * 43, "%%%", "A" * 44, "é" * 43])
def test_a_code_that_is_none(db: Session, code: str) -> None:
    with pytest.raises(NotFound, match="receipt_unknown"):
        campaigns.receipt(db, code=code)
