"""Members at the till: found by what they show, and what a till may see of them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, model_validator

from center_core import channel, member, user
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, caller, operation
from .shape import Answer, Bilingual, Query


class Sought(Query):
    """Exactly one of the three."""

    code: str | None = Field(
        None, max_length=32, pattern=r"^[0-9 ]+$", description="The 18 digits of the member's QR code."
    )
    phone: str | None = Field(None, max_length=24, pattern=r"^[+0-9 ()-]+$", description="A mobile number.")
    card: str | None = Field(
        None, max_length=16, pattern=r"^[0-9]+$", description="The 12 digits of the card number."
    )

    @model_validator(mode="after")
    def _one(self) -> "Sought":
        if sum(value is not None for value in (self.code, self.phone, self.card)) != 1:
            raise ValueError("give exactly one of code, phone and card")
        return self


class TierHeld(Answer):
    """The tier, and what a purchase earns in it: percent of one point for each yuan."""

    code: str = Field(examples=["ice"])
    name: Bilingual
    earn_percent: int = Field(examples=[120])


class Points(Answer):
    """``pending`` points can be used once the time for returns is over."""

    available: int = Field(examples=[1280])
    pending: int = Field(examples=[299])


class Guide(Answer):
    """The shop guide whom the member belongs to."""

    login: str = Field(examples=["g0001"])
    name: Bilingual
    store_code: str = Field(examples=["S001"])


class Card(Answer):
    """The member card as a till may see it: of the phone number only the end."""

    id: UUID
    number: str = Field(examples=["600000000018"])
    name: str = Field(examples=["林晚舟"])
    phone_tail: str = Field(examples=["0001"])
    tier: TierHeld | None
    points: Points
    guide: Guide | None
    joined_at: datetime


@blueprint.get("/members")
@operation(
    "member:read",
    id="find_member",
    tag="Members",
    answers=Card,
    refuses=(
        "member_unknown",
        "member_frozen",
        "member_code_malformed",
        "member_code_stale",
        "phone_invalid",
    ),
    examples={"card": "600000000018"},
)
@blueprint.input(Sought, location="query", arg_name="sought")
@only_reads
def find_member(sought: Sought) -> Card:
    """Find the member who shows a code, names a phone number or holds a card.

    Only the code on the member's phone proves that they stand at the till: it changes every half minute.
    """
    if sought.code is not None:
        found: member.TillCard | None = member.by_dynamic_code(db(), sought.code, now())
    elif sought.phone is not None:
        found = member.till_card_by_phone(db(), sought.phone)
    else:
        found = member.till_card_by_number(db(), sought.card or "")
    return card_of(known(found))


@blueprint.get("/members/<uuid:member_id>")
@operation(
    "member:read", id="see_member", tag="Members", answers=Card, refuses=("member_unknown", "member_frozen")
)
@only_reads
def see_member(member_id: UUID) -> Card:
    """Read a member's card again."""
    return card_of(known(member.till_card(db(), member_id)))


def known(found: member.TillCard | None) -> member.TillCard:
    """The member, unless there is none; a store's walk-in account is nobody's card."""
    if found is None or found.kind != "person" or found.status == "erased":
        raise member.unknown()
    if found.status != "active":
        raise member.frozen()
    return found


def card_of(who: member.TillCard) -> Card:
    """What the card says now."""
    return Card(
        id=who.member_id,
        number=who.number or "",
        name=who.name,
        phone_tail=who.phone_tail or "",
        tier=_tier_of(who),
        points=Points(available=who.available, pending=who.pending),
        guide=_guide_of(who),
        joined_at=who.joined_at,
    )


def _tier_of(who: member.TillCard) -> TierHeld | None:
    if who.tier is None:
        return None
    return TierHeld(code=who.tier, name=Bilingual.of(who.tier_name), earn_percent=who.earn_percent or 0)


def _guide_of(who: member.TillCard) -> Guide | None:
    if who.guide_id is None or who.guide_store_id is None:
        return None
    badge = user.badge(db(), who.guide_id)
    # Most members shop where their guide works, and that store is known already.
    at_home = who.guide_store_id == caller().store_id
    store_code = caller().store_code if at_home else channel.code_of(db(), who.guide_store_id)
    return Guide(login=badge.login, name=Bilingual.of(badge.name), store_code=store_code)
