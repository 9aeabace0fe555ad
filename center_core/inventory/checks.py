"""The invariants of stock, recomputed from its movements and holds."""

from collections.abc import Iterable

from sqlalchemy import text

from center_core.kit import Finding, Session

_BALANCE = text("""
    select coalesce(s.location_id, m.location_id) as location_id, coalesce(s.sku_id, m.sku_id) as sku_id,
           coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved,
           coalesce(m.on_hand, 0) as moved, coalesce(m.reserved, 0) as moved_reserved,
           coalesce(h.held, 0) as held
    from stock s
    full join (
        select location_id, sku_id, sum(on_hand_change) as on_hand, sum(reserved_change) as reserved
        from movement group by location_id, sku_id
    ) m on m.location_id = s.location_id and m.sku_id = s.sku_id
    left join (
        select location_id, sku_id, sum(quantity) as held
        from hold where state = 'open' group by location_id, sku_id
    ) h on h.location_id = coalesce(s.location_id, m.location_id) and h.sku_id = coalesce(s.sku_id, m.sku_id)
    where coalesce(s.on_hand, 0) <> coalesce(m.on_hand, 0)
       or coalesce(s.reserved, 0) <> coalesce(m.reserved, 0)
       or coalesce(s.reserved, 0) <> coalesce(h.held, 0)
""")


def check(db: Session) -> Iterable[Finding]:
    """Stock is the sum of its movements, and what is reserved is what the open holds keep."""
    for row in db.execute(_BALANCE):
        subject = f"location {row.location_id} sku {row.sku_id}"
        if row.on_hand != row.moved:
            detail = f"on hand {row.on_hand}, its movements add up to {row.moved}"
            yield Finding("inventory.on_hand", subject, detail)
        if row.reserved != row.moved_reserved:
            detail = f"reserved {row.reserved}, its movements add up to {row.moved_reserved}"
            yield Finding("inventory.reserved", subject, detail)
        if row.reserved != row.held:
            detail = f"reserved {row.reserved}, its open holds add up to {row.held}"
            yield Finding("inventory.holds", subject, detail)
