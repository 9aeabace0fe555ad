"""What each role may do, and where a member of staff holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from center_core.kit import N_, Forbidden

_MARKETING = {
    "campaign.view", "campaign.edit", "coupon.view", "coupon.edit", "member.view", "report.view",
    "report.export", "store.view", "product.view",
}  # fmt: skip
_SHOP_FLOOR = {
    "member.view", "member.edit", "coupon.view", "coupon.send", "conversation.reply", "order.view",
    "inventory.view", "product.view", "report.view",
}  # fmt: skip

_GRANTED: dict[str, set[str]] = {
    "marketer": _MARKETING | {"campaign.publish", "tier.edit"},
    "approver": {"campaign.view", "campaign.publish", "coupon.view", "report.view"},
    "operations": {
        "store.view", "store.edit", "api_key.edit", "staff.view", "product.view", "product.edit",
        "inventory.view", "inventory.adjust", "order.view", "report.view", "report.export",
        "operations.view", "operations.retry",
    },
    "service": {
        "member.view", "member.edit", "member.freeze", "member.erase", "coupon.view", "coupon.send", "coupon.void",
        "conversation.reply", "order.view", "inventory.view", "product.view", "store.view",
    },
    "manager": _SHOP_FLOOR
    | {"member.bind", "coupon.void", "staff.view", "store.view", "inventory.adjust", "report.export"},
    "guide": _SHOP_FLOOR,
    "auditor": {
        "audit.view", "campaign.view", "coupon.view", "staff.view", "store.view", "report.view",
        "operations.view",
    },
}  # fmt: skip

PERMISSIONS: frozenset[str] = frozenset().union(*_GRANTED.values(), {"staff.edit"})
ROLES: dict[str, frozenset[str]] = {
    "admin": PERMISSIONS,
    **{role: frozenset(permissions) for role, permissions in _GRANTED.items()},
}
SCOPES = ("brand", "region", "store")


@dataclass(frozen=True)
class Grant:
    """A role that counts in the whole brand, in one region or in one store (``place``)."""

    role: str
    scope: str
    place: UUID | None = None

    def covers(self, store_id: UUID | None, region_id: UUID | None) -> bool:
        """Whether the role counts in that store or region; without either, whether it counts everywhere."""
        if self.scope == "brand":
            return True
        asked = store_id if self.scope == "store" else region_id
        return asked is not None and asked == self.place


@dataclass(frozen=True)
class Access:
    """What one member of staff may do, and where.

    A grant for a region says nothing here about its stores, since stores stand above this centre:
    ``channel.within_reach`` adds a grant for each of them.
    """

    staff_id: UUID
    grants: tuple[Grant, ...]

    def may(self, permission: str, *, store_id: UUID | None = None, region_id: UUID | None = None) -> bool:
        """Whether ``permission`` is held in that store or region; without either, in the whole brand."""
        return any(grant.covers(store_id, region_id) for grant in self._granting(permission))

    def may_somewhere(self, permission: str) -> bool:
        """Whether ``permission`` is held in at least one place."""
        return any(True for _ in self._granting(permission))

    def require(
        self, permission: str, *, store_id: UUID | None = None, region_id: UUID | None = None
    ) -> None:
        """Refuse with ``not_permitted`` unless ``may``."""
        if not self.may(permission, store_id=store_id, region_id=region_id):
            raise _not_permitted(permission)

    def require_somewhere(self, permission: str) -> None:
        """Refuse with ``not_permitted`` unless ``may_somewhere``."""
        if not self.may_somewhere(permission):
            raise _not_permitted(permission)

    def stores_for(self, permission: str) -> frozenset[UUID] | None:
        """The stores in which ``permission`` is held; ``None`` means all."""
        return _stores(self._granting(permission))

    @property
    def stores(self) -> frozenset[UUID] | None:
        """The stores in which any role is held; ``None`` means all."""
        return _stores(self.grants)

    def _granting(self, permission: str) -> Iterable[Grant]:
        # A misspelt permission would lock everybody out but administrators, so it is an error at once.
        if permission not in PERMISSIONS:
            raise ValueError(f"no role knows the permission {permission!r}")
        return (grant for grant in self.grants if permission in ROLES[grant.role])


def _stores(grants: Iterable[Grant]) -> frozenset[UUID] | None:
    found = set()
    for grant in grants:
        if grant.scope == "brand":
            return None
        if grant.scope == "store" and grant.place is not None:
            found.add(grant.place)
    return frozenset(found)


def _not_permitted(permission: str) -> Forbidden:
    return Forbidden("not_permitted", N_("You may not do this here."), permission=permission)
