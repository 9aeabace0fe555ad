"""What happened to orders."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class OrderPaid(Event):
    """An order was paid in full, at a till or online; ``staff_id`` is who sold it, if anybody."""

    member_id: UUID
    order_id: UUID
    number: str
    store_id: UUID
    staff_id: UUID | None
    payable_fen: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    """An order came to nothing before it was paid."""

    member_id: UUID
    order_id: UUID
    number: str
    store_id: UUID


@dataclass(frozen=True)
class OrderReturned(Event):
    """Goods came back; ``whole`` says that with this return nothing of the order is left sold."""

    member_id: UUID
    order_id: UUID
    return_id: UUID
    number: str
    store_id: UUID
    refund_fen: int
    whole: bool


@dataclass(frozen=True)
class PaymentRequested(Event):
    """A provider is to be asked for money; the payment's id is the key under which it is asked once."""

    member_id: UUID
    payment_id: UUID
    order_id: UUID
    number: str
    provider: str
    amount_fen: int


@dataclass(frozen=True)
class RefundDue(Event):
    """A provider is to give money back; ``reference`` is its own number of the payment."""

    member_id: UUID
    refund_id: UUID
    payment_id: UUID
    provider: str
    reference: str
    amount_fen: int
