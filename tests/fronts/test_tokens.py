"""Signed tokens: readable by anybody, forgeable by nobody, and each good for its purpose and its time only."""

import time

import pytest
from itsdangerous import TimestampSigner

from scrm.fronts.identity import Tokens

SECRET = "a secret of these tests alone, long enough"


def test_a_token_gives_what_it_was_made_of_again_and_again() -> None:
    token = Tokens(SECRET).make("member", b"\x00who\xff")
    reader = Tokens(SECRET)
    assert [reader.read("member", token, 60) for _ in range(3)] == [b"\x00who\xff"] * 3


def test_a_token_that_is_known_as_good_still_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(SECRET)
    token = tokens.make("member", b"who")
    assert tokens.read("member", token, 60) == b"who"
    now = time.time()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + 120))
    assert tokens.read("member", token, 60) is None
    assert tokens.read("member", token, 180) == b"who"
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now - 120))
    assert tokens.read("member", token, 60) is None, "from the future"


@pytest.mark.parametrize(
    "bend",
    [
        pytest.param(lambda token: token[:-9] + token[-9:].swapcase(), id="another signature"),
        pytest.param(lambda token: "A" + token[1:], id="another payload"),
        pytest.param(lambda token: token.rsplit(".", 1)[0], id="no signature"),
        pytest.param(lambda token: "", id="nothing"),
    ],
)
def test_what_was_not_signed_is_refused(bend) -> None:
    tokens = Tokens(SECRET)
    token = tokens.make("member", b"who is it")
    assert tokens.read("member", token, 60) == b"who is it"
    assert tokens.read("member", bend(token), 60) is None
    assert tokens.read("staff", token, 60) is None, "made for another purpose"
    assert Tokens("another secret").read("member", token, 60) is None
