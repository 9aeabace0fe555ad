"""What goes over the line to a provider, and what is made of its answers."""

import pytest
import structlog

from center_core.kit import Database
from scrm.adapters import http, payment, sms
from scrm.config import Config

from .provider import SECRET, TOKEN, Provider

MISBEHAVIOUR = ["refuse", "move", "say nothing", "lose the answer", "<html>", "[]", '{"state": "paid"}', "{}"]


def charge(provider: Provider, now, *, amount_fen: int = 12_900, key: str = "k1", secret: str = SECRET):
    gateway = payment.Gateway(provider.url, secret)
    return gateway.charge(payment_id="p1", order_number="N1", amount_fen=amount_fen, key=key, now=now)


def test_a_message_is_sent_once_for_each_key(provider: Provider, now) -> None:
    gateway = sms.Gateway(provider.url + "/", TOKEN)
    for key in ("a", "a", "b"):
        gateway.send(phone="+8613800138000", text="您的验证码", key=key, now=now)
    assert provider.messages == [{"phone": "+8613800138000", "text": "您的验证码"}] * 2


def test_a_wrong_token_or_signature_is_a_failure(provider: Provider, now) -> None:
    with pytest.raises(http.ProviderFailed, match="401"):
        sms.Gateway(provider.url, "wrong").send(phone="+86", text="x", key="a", now=now)
    with pytest.raises(http.ProviderFailed, match="401"):
        charge(provider, now, secret="wrong")
    assert provider.messages == provider.charges == []


@pytest.mark.parametrize("wish", MISBEHAVIOUR)
def test_a_misbehaving_provider_is_asked_again_under_the_same_key_and_charges_once(
    provider: Provider, now, wish: str
) -> None:
    provider.misbehave = [wish]
    with pytest.raises(http.ProviderFailed):
        charge(provider, now)
    charged = charge(provider, now)
    assert charged == payment.Charged(paid=True, reference="c1", amount_fen=12_900)
    assert len(provider.charges) == 1


def test_a_declined_charge_is_an_answer(provider: Provider, now) -> None:
    assert charge(provider, now, amount_fen=1_044).paid is False
    assert (
        payment.Sandbox().charge(payment_id="p", order_number="N", amount_fen=1_044, key="k", now=now).paid
        is False
    )


def test_money_goes_back_once(provider: Provider, now) -> None:
    gateway = payment.Gateway(provider.url, SECRET)
    provider.misbehave = ["lose the answer"]
    with pytest.raises(http.ProviderFailed):
        gateway.refund(reference="c1", amount_fen=100, key="r", now=now)
    assert gateway.refund(reference="c1", amount_fen=100, key="r", now=now) == "r1"
    assert provider.refunds == [{"charge": "c1", "amount_fen": 100}]


def test_nobody_there_is_a_failure(now) -> None:
    with pytest.raises(http.ProviderFailed):
        sms.Gateway("http://127.0.0.1:9", TOKEN).send(phone="+86", text="x", key="a", now=now)


@pytest.mark.parametrize(
    "url", ["", "http://sms.example.com", "ftp://127.0.0.1", "file:///etc/passwd", "//x"]
)
def test_secrets_travel_over_tls_only(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        sms.Gateway(url, TOKEN)


def test_the_sandbox_repeats_itself_for_the_same_key(now) -> None:
    sandbox = payment.Sandbox()

    def reference(key: str) -> str:
        return sandbox.charge(payment_id="p", order_number="N", amount_fen=1, key=key, now=now).reference

    assert reference("a") == reference("a") != reference("b")
    assert sandbox.refund(reference="x", amount_fen=1, key="a", now=now) != reference("a")


@pytest.mark.parametrize("demo", [True, False])
def test_an_inbox_that_nobody_can_look_into_is_told_of_in_the_log(
    config: Config, database: Database, demo: bool
) -> None:
    with structlog.testing.capture_logs() as told:
        sms.provider(config.model_copy(update={"demo": demo}), database)
    assert [line["log_level"] for line in told if line["event"] == "text messages reach nobody"] == (
        [] if demo else ["error"]
    )
