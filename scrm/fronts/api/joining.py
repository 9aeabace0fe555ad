"""Joining at the till, with a code that is sent to the newcomer's own phone."""

from typing import Annotated, Literal

from pydantic import Field

from center_core import member
from center_core.kit import N_, Refused
from scrm.fronts.web import db, now

from .colleagues import Login, colleague
from .front import blueprint, caller, operation, privacy_version
from .members import Card, card_of, known
from .shape import LINE_OF_TEXT, Answer, Request

PURPOSE = "join"

Phone = Annotated[
    str,
    Field(
        min_length=5,
        max_length=24,
        pattern=r"^[+0-9 ()-]+$",
        description="A mobile number; without a country code it is a Chinese one.",
        examples=["13800000001"],
    ),
]


class CodeWanted(Request):
    """To which phone a one-time code goes, and in which language."""

    phone: Phone
    locale: Literal["zh", "en"] = "zh"


class CodeSent(Answer):
    """The end of the number that the code went to; it is valid for five minutes."""

    phone_tail: str = Field(examples=["0001"])


class Joining(Request):
    """Who is joining, or here already: the code proves that the phone is theirs, the version what they agreed to."""

    phone: Phone
    code: str = Field(pattern=r"^[0-9]{6}$", examples=["482913"])
    name: str = Field("", max_length=40, pattern=LINE_OF_TEXT, examples=["林晚舟"])
    privacy_version: str = Field(
        max_length=40,
        pattern=LINE_OF_TEXT,
        examples=["2026-11"],
        description="As `GET /v1/me` says it, once the person has agreed to these terms.",
    )
    marketing: bool = Field(False, description="They also agreed to be written to about offers.")
    guide: Login | None = Field(None, description="The colleague who welcomed them.")
    locale: Literal["zh", "en"] = "zh"


@blueprint.post("/one-time-codes")
@operation(
    "member:write",
    id="send_code",
    tag="Members",
    answers=CodeSent,
    status=201,
    refuses=("phone_invalid", "code_too_soon", "code_too_many"),
)
@blueprint.input(CodeWanted, arg_name="wanted")
def send_code(wanted: CodeWanted) -> CodeSent:
    """Send a one-time code by SMS to somebody who wants to join at the till."""
    store = caller()
    phone = member.request_code(
        db(),
        phone=wanted.phone,
        purpose=PURPOSE,
        origin=f"store:{store.store_id}",
        locale=wanted.locale,
        now=now(),
        an_hour=member.PER_ESHOP_AND_HOUR if store.store_kind == "eshop" else member.PER_ORIGIN_AND_HOUR,
    )
    return CodeSent(phone_tail=member.tail_of(phone))


@blueprint.post("/members")
@operation(
    "member:write",
    id="join",
    tag="Members",
    answers=Card,
    status=201,
    also=200,
    once=True,
    refuses=(
        "phone_invalid", "code_wrong", "code_expired", "code_too_many", "privacy_version_outdated", "staff_unknown",
        "member_frozen",
    ),
)  # fmt: skip
@blueprint.input(Joining, arg_name="joining")
def join(joining: Joining) -> Card | tuple[Card, int]:
    """Let somebody join the club in this store; who is a member already gets their card, with status 200."""
    if joining.privacy_version != privacy_version():
        raise Refused(
            "privacy_version_outdated",
            N_("The privacy terms in force are version %(current)s."),
            current=privacy_version(),
        )
    guide = colleague(joining.guide)
    phone = member.check_code(db(), phone=joining.phone, code=joining.code, purpose=PURPOSE, now=now())
    joined, new = member.join(
        db(),
        phone=phone,
        name=joining.name,
        store_id=caller().store_id,
        staff_id=guide.id if guide else None,
        consent_version=joining.privacy_version,
        locale=joining.locale,
        now=now(),
    )
    if joining.marketing:
        member.give_consent(
            db(),
            member_id=joined.member_id,
            document="marketing",
            version=joining.privacy_version,
            now=now(),
        )
    card = card_of(known(member.till_card(db(), joined.member_id)))
    return card if new else (card, 200)
