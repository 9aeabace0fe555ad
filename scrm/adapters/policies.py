"""WHEN this event, tell the outside world."""

from collections.abc import Sequence
from datetime import datetime

from campaigns import RoundScored
from center_core import order
from center_core.kit import N_, Event, Telling
from center_core.kit import Outside as OutsideReaction
from center_core.member import OneTimeCodeRequested
from center_core.order import PaymentRequested, RefundDue

from . import Outside
from .sms import in_language

CODE_TEXT = N_(
    "[%(brand)s] Your code is %(code)s. It is valid for 5 minutes. Tell it to nobody, not even to us."
)


def send_code(outside: Outside, event: OneTimeCodeRequested, *, key: str, now: datetime) -> None:
    """The code by SMS; one that a long outage made worthless is not sent any more."""
    if now >= event.expires_at:
        return
    text = in_language(CODE_TEXT, event.locale) % {"brand": outside.brand, "code": event.code}
    outside.sms.send(phone=event.phone, text=text, key=key, now=now)


def charge(outside: Outside, event: PaymentRequested, *, key: str, now: datetime) -> None:
    """Ask for the money and note what came of it; a crash in between asks again under the same key."""
    charged = outside.payments[event.provider].charge(
        payment_id=str(event.payment_id),
        order_number=event.number,
        amount_fen=event.amount_fen,
        key=key,
        now=now,
    )
    with outside.database.transaction() as db:
        if charged.paid:
            order.pay(
                db,
                member_id=event.member_id,
                payment_id=event.payment_id,
                reference=charged.reference,
                amount_fen=charged.amount_fen,
                now=now,
            )
        else:
            order.fail_payment(db, member_id=event.member_id, payment_id=event.payment_id, now=now)


def refund(outside: Outside, event: RefundDue, *, key: str, now: datetime) -> None:
    """Have the money sent back by the provider that took it, and note its number."""
    reference = outside.payments[event.provider].refund(
        reference=event.reference, amount_fen=event.amount_fen, key=key, now=now
    )
    with outside.database.transaction() as db:
        order.refund_settled(
            db, member_id=event.member_id, refund_id=event.refund_id, reference=reference, now=now
        )


def place_scores(outside: Outside, events: Sequence[RoundScored], *, now: datetime) -> None:
    """Tell the leaderboards' index of members' new best scores, in case the web process could not."""
    best = [event for event in events if event.is_best or event.is_day_best]
    with outside.database.looking() as db:
        for event in best:
            outside.board.place_again(db, event.campaign_id, event.round_id, event.member_id)


WHEN: dict[type[Event], tuple[OutsideReaction | Telling, ...]] = {
    OneTimeCodeRequested: (OutsideReaction("sms_code", send_code),),
    PaymentRequested: (OutsideReaction("payment_charge", charge),),
    RoundScored: (Telling("leaderboard", place_scores),),
    RefundDue: (OutsideReaction("payment_refund", refund),),
}
