"""The order centre: sales at the till and orders from afar, their payments and returns."""

from .checks import check
from .counter import give_back_alone, redeem_alone
from .events import OrderCancelled, OrderPaid, OrderReturned, PaymentRequested, RefundDue
from .line import SaleLine, basket_of
from .lookup import (
    by_number,
    lines_of,
    lines_of_each,
    order,
    orders,
    orders_of,
    payment_of,
    payments_of,
    returns_of,
)
from .models import Order, OrderLine, OrderReturn, Payment, Refund
from .purchase import (
    cancel,
    expire_unpaid,
    fail_payment,
    pay,
    place,
    start_payment,
)
from .receipt import Receipt, receipt
from .refund import refund_settled
from .returns import ReturnLine, return_lines
from .sale import record_sale

__all__ = [
    "Order",
    "OrderCancelled",
    "OrderLine",
    "OrderPaid",
    "OrderReturn",
    "OrderReturned",
    "Payment",
    "PaymentRequested",
    "Receipt",
    "Refund",
    "RefundDue",
    "ReturnLine",
    "SaleLine",
    "basket_of",
    "by_number",
    "cancel",
    "check",
    "expire_unpaid",
    "fail_payment",
    "give_back_alone",
    "lines_of",
    "lines_of_each",
    "order",
    "orders",
    "orders_of",
    "pay",
    "payment_of",
    "payments_of",
    "place",
    "receipt",
    "record_sale",
    "redeem_alone",
    "refund_settled",
    "return_lines",
    "returns_of",
    "start_payment",
]
