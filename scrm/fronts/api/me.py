"""Who am I: what a system checks first when it is being connected."""

from functools import lru_cache

from pydantic import Field

from scrm.fronts.keyring import Caller

from .front import ANY_KEY, blueprint, caller, operation, privacy_version
from .shape import Answer, Bilingual


class OwnStore(Answer):
    """The store that the key was issued for."""

    code: str = Field(examples=["S001"])
    kind: str = Field(examples=["store"])
    name: Bilingual


class Me(Answer):
    """The key that asks. ``privacy_version`` is the version of the terms that new members agree to."""

    label: str = Field(examples=["till 1"])
    store: OwnStore
    scopes: list[str] = Field(examples=[["coupon:read", "member:read"]])
    privacy_version: str = Field(examples=["2026-11"])


@blueprint.get("/me")
@operation(ANY_KEY, id="who_am_i", tag="Key", answers=Me)
def me() -> Me:
    """Say whose key this is."""
    return _of(caller())


@lru_cache(1024)
def _of(who: Caller) -> Me:
    """Written once for each reading of the key, so at most five seconds old."""
    return Me(
        label=who.label,
        store=OwnStore(code=who.store_code, kind=who.store_kind, name=Bilingual.of(who.store_name)),
        scopes=sorted(who.scopes),
        privacy_version=privacy_version(),
    )
