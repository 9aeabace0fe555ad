"""Coupon templates: what a marketer offers, and what of it may still change once members hold it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, update

from center_core.kit import N_, NotFound, Page, Refused, Session, after_id, uuid7

from .models import Coupon, CouponStock, CouponTemplate
from .named import gift_code, names_nothing
from .promise import worse_promise, worse_worth

KINDS = ("amount", "percent", "gift")
STACKING = ("alone", "with_others")


@dataclass(frozen=True)
class Offer:
    """The terms of a template as a marketer states them; see ``CouponTemplate`` for what they mean.

    ``gift_sku_code`` may be a barcode as well; the template keeps the SKU code.
    """

    code: str
    name: dict[str, str]
    kind: str
    valid_from: datetime
    valid_until: datetime
    value: int = 0
    cap_fen: int | None = None
    gift_sku_code: str | None = None
    minimum_fen: int = 0
    scope: dict[str, Any] = field(default_factory=dict)
    valid_days: int | None = None
    zone: str = "Asia/Shanghai"
    member_limit: int | None = None
    stock_total: int | None = None
    stacking: str = "with_others"
    stacking_group: str | None = None
    terms: dict[str, str] = field(default_factory=dict)
    art: str = "plain"


def problems(db: Session, offer: Offer) -> dict[str, Refused]:
    """What is wrong with ``offer``, by field; empty when it can be saved."""
    wrong: dict[str, Refused] = {}

    def found(name: str, key: str, text: str) -> None:
        wrong.setdefault(name, Refused(key, text, field=name))

    if not offer.code.strip():
        found("code", "template_code_missing", N_("Give the coupon a code."))
    if not any(text.strip() for text in offer.name.values()):
        found("name", "template_name_missing", N_("Give the coupon a name."))
    if offer.kind not in KINDS:
        found("kind", "template_kind_wrong", N_("Choose amount, percentage or gift."))
    if offer.kind == "amount" and offer.value <= 0:
        found("value", "template_amount_wrong", N_("The amount must be more than nothing."))
    if offer.kind == "amount" and 0 < offer.minimum_fen < offer.value:
        found("minimum_fen", "template_minimum_low", N_("The minimum spend is less than the discount."))
    if offer.kind == "percent" and not 1 <= offer.value <= 100:
        found("value", "template_percent_wrong", N_("The percentage must be between 1 and 100."))
    if offer.minimum_fen < 0:
        found("minimum_fen", "template_minimum_wrong", N_("The minimum spend cannot be negative."))
    if offer.cap_fen is not None and offer.cap_fen <= 0:
        found("cap_fen", "template_cap_wrong", N_("The highest discount must be more than nothing."))
    if offer.valid_until <= offer.valid_from:
        found("valid_until", "template_period_wrong", N_("The end must come after the start."))
    for name in ("valid_days", "member_limit", "stock_total"):
        number = getattr(offer, name)
        if number is not None and number < 0 + (name == "member_limit"):
            found(name, "template_number_wrong", N_("This number is too small."))
    if offer.stacking not in STACKING:
        found(
            "stacking", "template_stacking_wrong", N_("Choose whether other coupons may be used beside it.")
        )
    return wrong | _unknown(db, offer)


UNKNOWN = {
    "gift_sku_code": ("template_gift_unknown", N_("No article has this code: %(codes)s.")),
    "categories": ("template_category_unknown", N_("No style has this category: %(codes)s.")),
    "style_codes": ("template_style_unknown", N_("No style has this code: %(codes)s.")),
}


def _unknown(db: Session, offer: Offer) -> dict[str, Refused]:
    """Where the offer names what is not in the catalogue, by field."""
    gift = gift_code(db, offer.gift_sku_code) or offer.gift_sku_code
    missing = names_nothing(db, gift_sku_code=gift, scope=offer.scope)
    return {
        name: Refused(*UNKNOWN[name], field=name, codes=", ".join(codes)) for name, codes in missing.items()
    }


def create_template(db: Session, *, offer: Offer, now: datetime, state: str = "active") -> CouponTemplate:
    """Add a template, open for issuing unless it begins as a ``draft``."""
    offer = _sound(db, offer)
    if db.scalar(select(exists().where(CouponTemplate.code == offer.code))):
        raise Refused("template_code_taken", N_("This coupon code is already in use."), code=offer.code)
    template = CouponTemplate(id=uuid7(), state=state, version=1, created_at=now, **_columns(offer))
    db.add(template)
    db.flush()
    if offer.stock_total is not None:
        db.add(CouponStock(template_id=template.id, left_over=offer.stock_total))
        db.flush()
    return template


def update_template(
    db: Session, *, template_id: UUID, version: int, offer: Offer, promised: bool = False
) -> CouponTemplate:
    """Replace the terms that the editor saw as ``version``. Locks the template, which every issue of it waits for.

    Refused with ``template_changed`` when somebody else saved since; with ``template_promised`` when the coupon is
    ``promised`` to whoever may win it and would become worse for them; with ``template_issued`` when members hold it
    and theirs would become worth less. Their validity is their own: periods and limits apply to coupons yet to be
    issued.
    """
    offer = _sound(db, offer)
    it = _locked(db, template_id)
    if it.version != version:
        raise Refused("template_changed", N_("Somebody else has just changed this coupon. Reload it first."))
    stated = CouponTemplate(**_columns(offer))
    idle = names_nothing(db, gift_sku_code=it.gift_sku_code, scope=it.scope)
    if promised and (fields := list(worse_promise(it, stated, idle))):
        raise Refused(
            "template_promised",
            N_("A published campaign promises this coupon: it can only change to the consumer's advantage."),
            fields=fields,
        )
    if (fields := list(worse_worth(it, stated, idle))) and _is_held(db, template_id):
        raise Refused(
            "template_issued",
            N_("Members already hold this coupon: it can only change to their advantage. Make a new one."),
            fields=fields,
        )
    stock_before = it.stock_total
    for name, value in _columns(offer).items():
        setattr(it, name, value)
    it.version += 1
    db.flush()
    _restock(db, template_id, stock_before, offer.stock_total)
    return it


def open_template(db: Session, *, template_id: UUID) -> CouponTemplate:
    """Let a draft be issued, or a closed template again."""
    return _set_state(db, template_id, "active")


def close_template(db: Session, *, template_id: UUID) -> CouponTemplate:
    """Stop issuing; coupons that members hold stay valid."""
    return _set_state(db, template_id, "closed")


def template(db: Session, template_id: UUID, *, hold: bool = False) -> CouponTemplate:
    """The template, or NotFound; with ``hold`` its terms stay as they are until the transaction ends."""
    found = db.get(CouponTemplate, template_id, with_for_update={"read": True} if hold else None)
    if found is None:
        raise NotFound("template_unknown", N_("This coupon template does not exist."))
    return found


def templates(
    db: Session,
    *,
    states: Sequence[str] | None = None,
    q: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[CouponTemplate]:
    """Templates, newest first; ``q`` is part of a name in either language or of the code."""
    query = select(CouponTemplate).order_by(CouponTemplate.id.desc()).limit(limit + 1)
    if states is not None:
        query = query.where(CouponTemplate.state.in_(states))
    if q and q.strip():
        word = q.strip()
        query = query.where(
            or_(
                CouponTemplate.code.icontains(word, autoescape=True),
                CouponTemplate.name["en"].astext.icontains(word, autoescape=True),
                CouponTemplate.name["zh"].astext.icontains(word, autoescape=True),
            )
        )
    if after:
        query = query.where(CouponTemplate.id < after_id(after))
    rows = db.scalars(query).all()
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)


def stock_left(db: Session, template_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many are left of those templates that are limited."""
    query = select(CouponStock.template_id, CouponStock.left_over)
    return dict(db.execute(query.where(CouponStock.template_id.in_(template_ids))).tuples().all())


def _sound(db: Session, offer: Offer) -> Offer:
    """The offer with the gift under its SKU code, or refused with what is wrong by field."""
    if wrong := problems(db, offer):
        raise Refused(
            "template_wrong",
            N_("The coupon cannot be saved like this."),
            fields={name: fault.key for name, fault in wrong.items()},
        )
    return dataclasses.replace(offer, gift_sku_code=gift_code(db, offer.gift_sku_code))


def _columns(offer: Offer) -> dict[str, Any]:
    return {name.name: getattr(offer, name.name) for name in dataclasses.fields(offer)}


def _locked(db: Session, template_id: UUID) -> CouponTemplate:
    template(db, template_id)
    return db.get_one(CouponTemplate, template_id, with_for_update=True)


def _is_held(db: Session, template_id: UUID) -> bool:
    """Whether members hold coupons of it, or might again: one that was used comes back with a return."""
    held = exists().where(Coupon.template_id == template_id, Coupon.state != "void")
    return bool(db.scalar(select(held)))


def _set_state(db: Session, template_id: UUID, state: str) -> CouponTemplate:
    found = _locked(db, template_id)
    found.state = state
    found.version += 1
    db.flush()
    return found


def _restock(db: Session, template_id: UUID, before: int | None, after: int | None) -> None:
    """Bring what is left in line with a changed total; what was issued stays issued."""
    if before == after:
        return
    if before is None or after is None:
        raise Refused(
            "template_stock_kind", N_("A coupon cannot change between limited and unlimited. Make a new one.")
        )
    left = db.scalar(
        update(CouponStock)
        .where(CouponStock.template_id == template_id, CouponStock.left_over + (after - before) >= 0)
        .values(left_over=CouponStock.left_over + (after - before))
        .returning(CouponStock.left_over)
    )
    if left is None:
        raise Refused("template_stock_low", N_("More coupons than that have already been issued."))
