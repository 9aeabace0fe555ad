"""Payments from afar: a provider is asked for money, and asked to send it back."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from scrm.config import Config

from . import http

SIGNED_WITHIN_SECONDS = 300
LONGEST_TIMESTAMP = 12


@dataclass(frozen=True)
class Charged:
    """What came of a charge: ``reference`` is the provider's own number of it."""

    paid: bool
    reference: str
    amount_fen: int


class PaymentProvider(Protocol):
    """Somebody who takes money for us, and gives it back."""

    def charge(
        self, *, payment_id: str, order_number: str, amount_fen: int, key: str, now: datetime
    ) -> Charged:
        """Take ``amount_fen``; with the same ``key`` the same answer, and no second charge."""

    def refund(self, *, reference: str, amount_fen: int, key: str, now: datetime) -> str:
        """Send ``amount_fen`` of the charge ``reference`` back; gives the provider's number of that."""


class Sandbox:
    """Takes no money and says it did; declines amounts that end in 44 fen, to try out what then happens."""

    DECLINED_FEN = 44

    def charge(
        self, *, payment_id: str, order_number: str, amount_fen: int, key: str, now: datetime
    ) -> Charged:
        """Paid at once, under a reference that follows from ``key``."""
        paid = amount_fen % 100 != self.DECLINED_FEN
        return Charged(paid=paid, reference=_reference("pay", key), amount_fen=amount_fen)

    def refund(self, *, reference: str, amount_fen: int, key: str, now: datetime) -> str:
        """Sent back at once."""
        return _reference("back", key)


class Gateway:
    """A provider that takes ``POST /charges`` and ``POST /refunds``.

    Each request carries its key as ``Idempotency-Key``, and ``Signature``: the HMAC-SHA256, under the shared
    secret, of the ``Timestamp`` header, a dot, and the body as sent.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._url = http.checked_url(url)
        self._secret = secret.encode()

    def charge(
        self, *, payment_id: str, order_number: str, amount_fen: int, key: str, now: datetime
    ) -> Charged:
        """Ask for the money; raises ``http.ProviderFailed`` unless the answer says what came of it."""
        asked = {"payment": payment_id, "order": order_number, "amount_fen": amount_fen, "currency": "CNY"}
        answer = self._post("charges", asked, key=key, now=now)
        state, received = answer.get("state"), answer.get("amount_fen")
        if state not in ("paid", "declined") or not isinstance(received, int):
            raise http.ProviderFailed(f"the charge {key} has no outcome: {answer}")
        return Charged(paid=state == "paid", reference=_number_in(answer), amount_fen=received)

    def refund(self, *, reference: str, amount_fen: int, key: str, now: datetime) -> str:
        """Ask to send money back; raises ``http.ProviderFailed`` unless it was."""
        answer = self._post("refunds", {"charge": reference, "amount_fen": amount_fen}, key=key, now=now)
        if answer.get("state") != "refunded":
            raise http.ProviderFailed(f"the refund {key} has no outcome: {answer}")
        return _number_in(answer)

    def _post(self, path: str, asked: Mapping[str, Any], *, key: str, now: datetime) -> dict[str, Any]:
        body, timestamp = http.encoded(asked), str(int(now.timestamp()))
        signed = {"Timestamp": timestamp, "Signature": _signature(self._secret, timestamp, body)}
        return http.post(f"{self._url}/{path}", body, key=key, headers=signed)


def providers(config: Config) -> dict[str, PaymentProvider]:
    """The providers by the names that orders keep; a gateway stays known while its address is configured."""
    known: dict[str, PaymentProvider] = {}
    if config.payment_provider == "sandbox":
        known["sandbox"] = Sandbox()
    if config.payment_provider == "http" or config.payment_url:
        known["http"] = Gateway(config.payment_url, config.payment_secret)
    return known


def is_genuine(secret: str, *, timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether ``body`` came from who shares ``secret``, signed within five minutes; never, without a secret."""
    if not secret or not (
        timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_TIMESTAMP
    ):
        return False
    if abs(now.timestamp() - int(timestamp)) > SIGNED_WITHIN_SECONDS:
        return False
    return hmac.compare_digest(_signature(secret.encode(), timestamp, body).encode(), signature.encode())


def _signature(secret: bytes, timestamp: str, body: bytes) -> str:
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _number_in(answer: Mapping[str, Any]) -> str:
    reference = answer.get("reference")
    if not isinstance(reference, str) or not reference:
        raise http.ProviderFailed(f"an answer without a reference: {answer}")
    return reference


def _reference(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
