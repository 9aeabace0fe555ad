"""The invariants of attribution, recomputed from the postings."""

from collections.abc import Iterable

from sqlalchemy import text

from center_core.kit import Finding, Session

_SUMS = text("""
    select a.order_id, a.sale, a.returns, a.sales,
           (select sum(o.amount_fen) from origin_sale o
            where o.member_id = a.member_id and o.order_id = a.order_id) as origins
    from (select member_id, order_id, count(*) filter (where source_kind = 'sale') as sales,
                 sum(amount_fen) filter (where source_kind = 'sale') as sale,
                 coalesce(sum(-amount_fen) filter (where source_kind = 'return'), 0) as returns
          from attribution group by member_id, order_id) a
""")

# Compared whole, since what was never posted is in no posting. What happened within the hour may still be on its way.
_UNCOUNTED = text("""
    (select 'sale' as kind, id, member_id, payable_fen as amount_fen from "order"
      where state in ('paid', 'part_returned', 'returned')
        and coalesce(paid_at, placed_at) < now() - interval '1 hour'
     union all
     select 'return', id, member_id, -refund_fen from order_return where at < now() - interval '1 hour')
    except select source_kind, source_id, member_id, amount_fen from attribution
    limit :shown
""")
SHOWN = 50


def check(db: Session) -> Iterable[Finding]:
    """Each sale and return was posted once and whole, never more came back than was sold, and origins share that."""
    for row in db.execute(_UNCOUNTED, {"shown": SHOWN}):
        yield Finding(
            "settlement.uncounted", f"{row.kind} {row.id}", f"no posting of its {row.amount_fen} fen"
        )
    for row in db.execute(_SUMS):
        subject = f"order {row.order_id}"
        if row.sales != 1:
            yield Finding("settlement.sale", subject, f"posted {row.sales} times")
            continue
        if row.returns > row.sale:
            yield Finding("settlement.returns", subject, f"sold {row.sale}, came back {row.returns}")
        if row.origins is not None and row.origins != row.sale - row.returns:
            detail = f"counts {row.sale - row.returns}, its origins share {row.origins}"
            yield Finding("settlement.origins", subject, detail)
