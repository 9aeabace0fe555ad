"""Every component of the design system on one page, in the reader's language."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import render_template

from scrm.fronts.pictures.art import TIERS
from scrm.fronts.pictures.garment import CUTS

from .front import demo


@dataclass(frozen=True)
class Sample:
    """Anything with the fields that a component reads."""

    fields: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.fields[name]


AT = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
COLOURS = ("#1d2d5c", "#c83f14", "#f2ede3", "#17654a", "#0f1115", "#d9a5b3")
QUILTINGS = ("horizontal", "diamond", "vertical", "none")


def _ticket(kind: str, value: int, minimum_fen: int, name: str, **held: str) -> Sample:
    template = Sample({"kind": kind, "value": value, "minimum_fen": minimum_fen, "name": name})
    coupon = Sample({"valid_until": AT, "issued_at": AT})
    return Sample({"coupon": coupon, "template": template, "state": "issued", **held})


TICKETS = (
    _ticket("amount", 5000, 39900, "冬季新品 50 元券 / ¥50 off the new winter"),
    _ticket("percent", 20, 0, "针织八折券 / 20% off knitwear"),
    _ticket("gift", 0, 0, "羽绒手套一双 / A pair of down mittens"),
    _ticket("amount", 3000, 0, "30 元无门槛券 / ¥30 off", state="redeemed"),
)
HOODED = ("parka", "long")


@demo.get("/styleguide")
def styleguide() -> str:
    garments = [
        (silhouette, COLOURS[i % len(COLOURS)], QUILTINGS[i % len(QUILTINGS)], silhouette in HOODED)
        for i, silhouette in enumerate(CUTS)
    ]
    who = Sample({"name": "林晚舟", "number": "628100004217", "tier": "ice"})
    return render_template("club/styleguide.html", garments=garments, tiers=TIERS, tickets=TICKETS, who=who)
