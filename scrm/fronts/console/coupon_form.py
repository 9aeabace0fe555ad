"""The form of a coupon template: as it is typed, and as the marketing centre means it."""

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from center_core import marketing
from center_core.kit import N_
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db

from .form import Form
from .typed import HomeTime, Yuan, local_typed, plain

KINDS = {"amount": N_("Amount off"), "percent": N_("Percentage off"), "gift": N_("Gift voucher")}
STATES = {"draft": N_("Draft"), "active": N_("In use"), "closed": N_("Closed")}
STACKING = {"alone": N_("Only by itself"), "with_others": N_("Together with coupons of other groups")}


class BothTexts(BaseModel):
    """A short text in both languages."""

    zh: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)


class Terms(BaseModel):
    """The small print, which may be left to one language."""

    zh: str = Field("", max_length=2000)
    en: str = Field("", max_length=2000)


class TemplateForm(BaseModel):
    """A coupon template as it is typed: money in yuan, times at headquarters."""

    code: str = Field(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    name: BothTexts
    kind: Literal["amount", "percent", "gift"]
    amount: Yuan = Field(0, ge=0)
    percent: int = Field(0, ge=0, le=100)
    cap: Yuan | None = Field(None, gt=0)
    gift_sku_code: str | None = None
    minimum: Yuan = Field(0, ge=0)
    store_ids: list[UUID] = []
    categories: str = ""
    style_codes: str = ""
    valid_from: HomeTime
    valid_until: HomeTime
    valid_days: int | None = Field(None, ge=0, le=730)
    member_limit: int | None = Field(None, ge=1)
    stock_total: int | None = Field(None, ge=0, le=100_000_000)
    stacking: Literal["alone", "with_others"] = "alone"
    stacking_group: str | None = None
    terms: Terms = Terms()
    version: int = 0

    def offer(self, before: marketing.CouponTemplate | None = None) -> marketing.Offer:
        """The terms as the marketing centre takes them; what the form does not ask for stays as it was ``before``."""
        unasked = {"art": before.art, "zone": before.zone} if before else {}
        return marketing.Offer(
            code=self.code,
            name=self.name.model_dump(),
            kind=self.kind,
            value={"amount": self.amount, "percent": self.percent, "gift": 0}[self.kind],
            cap_fen=self.cap if self.kind == "percent" else None,
            gift_sku_code=self.gift_sku_code if self.kind == "gift" else None,
            minimum_fen=self.minimum,
            scope={
                "store_ids": [str(store_id) for store_id in self.store_ids],
                "categories": _words(self.categories),
                "style_codes": _words(self.style_codes),
            },
            valid_from=_unchanged(self.valid_from, before.valid_from if before else None),
            valid_until=_unchanged(self.valid_until, before.valid_until if before else None),
            valid_days=self.valid_days,
            member_limit=self.member_limit,
            stock_total=self.stock_total,
            stacking=self.stacking,
            stacking_group=self.stacking_group,
            terms=self.terms.model_dump(),
            **unasked,
        )


def check(form: Form[TemplateForm], before: marketing.CouponTemplate | None = None) -> marketing.Offer | None:
    """The offer, unless the form or the centre has something against it; then ``form.errors`` says what."""
    if form.model is None:
        return None
    offer = form.model.offer(before)
    for name, fault in marketing.problems(db(), offer).items():
        form.refuse(field_of(name, form.model), text_of(fault))
    return None if form.errors else offer


def field_of(name: str, typed: TemplateForm) -> str:
    """Where the form has what the marketing centre calls ``name``."""
    places = {"value": typed.kind, "cap_fen": "cap", "minimum_fen": "minimum", "scope": "store_ids"}
    places |= {"name": "name.zh", "terms": "terms.zh"}
    return places.get(name, name)


def blank(now: datetime) -> dict[str, Any]:
    """What a new form begins with."""
    return {
        "kind": "amount",
        "minimum": "0",
        "valid_from": local_typed(now),
        "valid_until": local_typed(now + timedelta(days=90)),
        "stacking": "alone",
        "version": 0,
    }


def typed(template: marketing.CouponTemplate) -> dict[str, Any]:
    """The template's terms as one would type them."""
    return {
        "code": template.code,
        "name.zh": template.name.get("zh", ""),
        "name.en": template.name.get("en", ""),
        "kind": template.kind,
        "amount": plain(template.value, 2) if template.kind == "amount" else "",
        "percent": template.value if template.kind == "percent" else "",
        "cap": plain(template.cap_fen, 2) if template.cap_fen else "",
        "gift_sku_code": template.gift_sku_code or "",
        "minimum": plain(template.minimum_fen, 2),
        "store_ids": template.scope.get("store_ids", []),
        "categories": ", ".join(template.scope.get("categories", [])),
        "style_codes": ", ".join(template.scope.get("style_codes", [])),
        "valid_from": local_typed(template.valid_from),
        "valid_until": local_typed(template.valid_until),
        "valid_days": "" if template.valid_days is None else template.valid_days,
        "member_limit": template.member_limit or "",
        "stock_total": "" if template.stock_total is None else template.stock_total,
        "stacking": template.stacking,
        "stacking_group": template.stacking_group or "",
        "terms.zh": template.terms.get("zh", ""),
        "terms.en": template.terms.get("en", ""),
        "version": template.version,
    }


def _unchanged(typed: datetime, before: datetime | None) -> datetime:
    """What was meant, to the second where it was not touched: a field shows minutes."""
    return before if before and local_typed(before) == local_typed(typed) else typed


def _words(typed: str) -> list[str]:
    """What was typed with commas or blanks between, Chinese ones too."""
    return [word for word in typed.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if word]
