"""What of a coupon may not become worse for those who hold it, or to whom a campaign promises it. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from .models import CouponTemplate

Idle = Mapping[str, Sequence[str]]
Listed = tuple[str, str]


def worse_worth(before: CouponTemplate, after: CouponTemplate, idle: Idle) -> Iterator[str]:
    """The fields by which a coupon would be worth less, or less often, than its holder was told.

    What named nothing is nothing to lose: ``idle`` has such codes of ``before``, by field.
    """
    if after.kind != before.kind:
        yield "kind"
    elif after.value < before.value:
        yield "value"
    if _is_lower(before.cap_fen, after.cap_fen):
        yield "cap_fen"
    if after.gift_sku_code != before.gift_sku_code and "gift_sku_code" not in idle:
        yield "gift_sku_code"
    if after.minimum_fen > before.minimum_fen:
        yield "minimum_fen"
    if _is_narrower(before, after, idle):
        yield "scope"
    if after.stacking != before.stacking and after.stacking == "alone":
        yield "stacking"
    if after.stacking_group not in (before.stacking_group, None):
        yield "stacking_group"


def worse_promise(before: CouponTemplate, after: CouponTemplate, idle: Idle) -> Iterator[str]:
    """The same for whoever may still win it: it must also be valid as long, and be called what it was called.

    Of two texts nobody can compute which one promises less, so that they stay.
    """
    yield from worse_worth(before, after, idle)
    if after.valid_from > before.valid_from:
        yield "valid_from"
    if after.valid_until < before.valid_until:
        yield "valid_until"
    if _is_lower(before.valid_days, after.valid_days):
        yield "valid_days"
    if after.zone != before.zone:
        yield "zone"
    if _said(after.name) != _said(before.name):
        yield "name"
    if _said(after.terms) != _said(before.terms):
        yield "terms"


def _said(words: Mapping[str, str]) -> dict[str, str]:
    """Without the languages in which nothing is said."""
    return {language: text for language, text in words.items() if text}


def _is_lower(before: int | None, after: int | None) -> bool:
    """Of limits, of which none is the highest."""
    return after is not None and (before is None or after < before)


def _is_narrower(before: CouponTemplate, after: CouponTemplate, idle: Idle) -> bool:
    """Whether some store or article would no longer count; see ``CouponTemplate`` for what a scope means."""

    def listed(scope: Mapping[str, Sequence[str]], *names: str) -> set[Listed]:
        return {(name, each) for name in names for each in scope.get(name) or ()}

    # An article counts by its category or by its style, so that those two narrow together.
    return any(
        _lacks(listed(before.scope, *names), listed(after.scope, *names), listed(idle, *names))
        for names in (("store_ids",), ("categories", "style_codes"))
    )


def _lacks(before: set[Listed], after: set[Listed], idle: set[Listed]) -> bool:
    """Whether a list, which when empty means everything, would mean less; ``idle`` are entries that meant nothing."""
    return bool(after) and (not before or not before - idle <= after)
