"""What a payment provider tells us by itself, perhaps twice, perhaps long after."""

from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from flask import current_app, request
from pydantic import Field

from center_core import order
from center_core.kit import N_, Forbidden
from scrm.adapters import payment
from scrm.config import Config
from scrm.fronts.web import db, now

from .front import SIGNATURE, blueprint, operation
from .shape import VISIBLE, Answer, MemberId, Request

P = ParamSpec("P")
R = TypeVar("R")


def signed(view: Callable[P, R]) -> Callable[P, R]:
    """Only for the provider that we share ``payment_secret`` with; nobody, while there is no secret."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        config: Config = current_app.extensions["config"]
        genuine = payment.is_genuine(
            config.payment_secret,
            timestamp=request.headers.get("Timestamp", ""),
            signature=request.headers.get("Signature", ""),
            body=request.get_data(cache=True),
            now=now(),
        )
        if not genuine:
            raise Forbidden("signature_wrong", N_("This notification is not signed by our payment provider."))
        return view(*args, **kwargs)

    return checked


class Notification(Request):
    """What became of a payment, under the names that we gave the provider when we asked for it."""

    payment: MemberId
    order: str = Field(min_length=1, max_length=64, pattern=VISIBLE, examples=["2611227K3MXPA2"])
    state: Literal["paid", "declined"]
    reference: str = Field(min_length=1, max_length=200, pattern=VISIBLE, examples=["ch_81734"])
    amount_fen: int = Field(ge=1, le=100_000_000_000, examples=[124900])


class Noted(Answer):
    """The order as it stands now."""

    order: str = Field(examples=["2611227K3MXPA2"])
    state: Literal["placed", "paid", "part_returned", "returned", "cancelled"]


@blueprint.post("/payments/notifications")
@operation(
    SIGNATURE,
    id="notify_payment",
    tag="Payments",
    answers=Noted,
    refuses=("signature_wrong", "payment_unknown", "payment_amount_wrong"),
)
@signed
@blueprint.input(Notification, arg_name="told")
def notify_payment(told: Notification) -> Noted:
    """Learn from the provider that a payment succeeded or failed; told again, nothing changes.

    Signed as our own requests to the provider are: ``Signature`` is the HMAC-SHA256, under the shared secret,
    of the ``Timestamp`` header, a dot, and the body as sent; the timestamp is at most five minutes off. Money
    for an order that was given up meanwhile, or whose goods are gone by now, goes back by itself.
    """
    asked = order.payment_of(db(), number=told.order, payment_id=told.payment)
    if told.state == "paid":
        order.pay(
            db(),
            member_id=asked.member_id,
            payment_id=asked.id,
            reference=told.reference,
            amount_fen=told.amount_fen,
            now=now(),
        )
    else:
        order.fail_payment(db(), member_id=asked.member_id, payment_id=asked.id, now=now())
    after = order.order(db(), member_id=asked.member_id, order_id=asked.order_id)
    return Noted(order=told.order, state=after.state)
