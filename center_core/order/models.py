"""The tables of the order centre."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, MEMBER, Base, family


class Order(Base):
    """A purchase of one member, at a till or in the e-shop; ``number`` is unique within its store."""

    __tablename__ = "order"
    __table_args__ = (
        CheckConstraint(
            "state in ('placed', 'paid', 'part_returned', 'returned', 'cancelled')", name="state"
        ),
        CheckConstraint("discount_fen >= 0", name="discount"),
        CheckConstraint("payable_fen >= 0", name="payable"),
        CheckConstraint("refunded_fen between 0 and payable_fen", name="refunded"),
        CheckConstraint("total_fen = discount_fen + payable_fen", name="total"),
        Index(None, "member_id", "placed_at", "id"),
        Index(None, "store_id", "placed_at"),
        Index("order_unpaid_idx", "pay_until", postgresql_where=text("state = 'placed'")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"))
    state: Mapped[str] = mapped_column(Text)
    total_fen: Mapped[int] = mapped_column(BigInteger)
    discount_fen: Mapped[int] = mapped_column(BigInteger)
    payable_fen: Mapped[int] = mapped_column(BigInteger)
    refunded_fen: Mapped[int] = mapped_column(BigInteger)
    coupon_codes: Mapped[list[str]]
    placed_at: Mapped[datetime]
    pay_until: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]


class OrderLine(Base):
    """``discount_fen`` is this line's share of the coupons; what was really paid is ``paid_fen``."""

    __tablename__ = "order_line"
    __table_args__ = (
        ForeignKeyConstraint(["member_id", "order_id"], ["order.member_id", "order.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("price_fen >= 0", name="price"),
        CheckConstraint("returned between 0 and quantity", name="returned"),
        CheckConstraint("discount_fen between 0 and price_fen * quantity", name="discount"),
        CheckConstraint("refunded_fen between 0 and price_fen * quantity - discount_fen", name="refunded"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("sku.id"))
    quantity: Mapped[int]
    price_fen: Mapped[int] = mapped_column(BigInteger)
    discount_fen: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int]
    refunded_fen: Mapped[int] = mapped_column(BigInteger)

    @property
    def paid_fen(self) -> int:
        """What the member paid for the whole line."""
        return self.price_fen * self.quantity - self.discount_fen

    def refund_for(self, quantity: int) -> int:
        """What ``quantity`` more pieces give back: the last piece settles what rounding left."""
        return self.paid_fen * (self.returned + quantity) // self.quantity - self.refunded_fen


class Payment(Base):
    """Money asked for or received; ``reference`` is the provider's own number, empty for a till's."""

    __tablename__ = "payment"
    __table_args__ = (
        ForeignKeyConstraint(["member_id", "order_id"], ["order.member_id", "order.id"]),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("state in ('pending', 'paid', 'failed')", name="state"),
        Index(None, "member_id", "order_id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Refund(Base):
    """Money to be given back through the provider that took it; a till gives back by itself."""

    __tablename__ = "refund"
    __table_args__ = (
        ForeignKeyConstraint(["member_id", "payment_id"], ["payment.member_id", "payment.id"]),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("state in ('due', 'done')", name="state"),
        Index(None, "member_id", "payment_id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class OrderReturn(Base):
    """Goods that came back, wholly or in part, to a store that need not be the one that sold them."""

    __tablename__ = "order_return"
    __table_args__ = (
        UniqueConstraint("member_id", "order_id", "number"),
        ForeignKeyConstraint(["member_id", "order_id"], ["order.member_id", "order.id"]),
        CheckConstraint("refund_fen >= 0", name="refund"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    number: Mapped[str] = mapped_column(Text)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    refund_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class OrderReturnLine(Base):
    """How many pieces of an order's line came back, and what was given for them."""

    __tablename__ = "order_return_line"
    __table_args__ = (
        ForeignKeyConstraint(["member_id", "return_id"], ["order_return.member_id", "order_return.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("refund_fen >= 0", name="refund"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    return_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    refund_fen: Mapped[int] = mapped_column(BigInteger)


class OrderDirectory(Base):
    """Which member's order a store's number is."""

    __tablename__ = "order_directory"
    __table_args__ = {"info": family(DIRECTORY, "number")}

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    store_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    order_id: Mapped[UUID]
