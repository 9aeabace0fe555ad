"""The invariants of orders: totals, payments, returns, coupons, goods and the directory."""

from collections.abc import Iterable

from center_core.kit import Finding, Session, breaches

# Each rule: its name, a statement that finds what breaks it as (subject, detail), one row for each.
_RULES = {
    "order.lines": """
        select 'order ' || o.number,
               'total ' || o.total_fen || ' less ' || o.discount_fen || ', its lines ' || coalesce(l.total, 0)
               || ' less ' || coalesce(l.discount, 0)
        from "order" o
        left join (select member_id, order_id, sum(price_fen * quantity) as total,
                          sum(discount_fen) as discount
                   from order_line group by member_id, order_id) l
               on l.member_id = o.member_id and l.order_id = o.id
        where o.total_fen <> coalesce(l.total, 0) or o.discount_fen <> coalesce(l.discount, 0)
    """,
    "order.payments": """
        select 'order ' || o.number, 'is ' || o.state || ' for ' || o.payable_fen || ', paid were '
               || coalesce(p.paid, 0) || ' of which sent back ' || coalesce(r.back, 0)
        from "order" o
        left join (select member_id, order_id, sum(amount_fen) as paid
                   from payment where state = 'paid' group by member_id, order_id) p
               on p.member_id = o.member_id and p.order_id = o.id
        left join (select f.member_id, y.order_id, sum(f.amount_fen) as back
                   from refund f join payment y on y.member_id = f.member_id and y.id = f.payment_id
                   group by f.member_id, y.order_id) r
               on r.member_id = o.member_id and r.order_id = o.id
        where case when o.state in ('placed', 'cancelled')
                   then coalesce(p.paid, 0) <> coalesce(r.back, 0)
                   else coalesce(p.paid, 0) - coalesce(r.back, 0)
                        not in (o.payable_fen, o.payable_fen - o.refunded_fen) end
    """,
    "order.returns": """
        select 'order ' || o.number, 'refunded ' || o.refunded_fen || ' in state ' || o.state
               || ', its returns ' || coalesce(r.fen, 0) || ', its lines ' || l.fen
        from "order" o
        join (select member_id, order_id, sum(refunded_fen) as fen, sum(returned) as pieces,
                     sum(quantity - returned) as left_over
              from order_line group by member_id, order_id) l
          on l.member_id = o.member_id and l.order_id = o.id
        left join (select member_id, order_id, sum(refund_fen) as fen
                   from order_return group by member_id, order_id) r
               on r.member_id = o.member_id and r.order_id = o.id
        where o.refunded_fen <> coalesce(r.fen, 0) or o.refunded_fen <> l.fen
           or (o.state = 'returned') <> (l.left_over = 0)
           or (o.state = 'part_returned') <> (l.pieces > 0 and l.left_over > 0)
    """,
    "order.coupons": """
        select 'order ' || o.number, 'is ' || o.state || ', but its coupon ' || used.code || ' is not redeemed with it'
        from "order" o
        cross join lateral jsonb_array_elements_text(o.coupon_codes) as used (code)
        where o.state in ('placed', 'paid', 'part_returned')
          and not exists (
              select from coupon c
              join redemption r on r.member_id = c.member_id and r.coupon_id = c.id
              where c.member_id = o.member_id and c.code = used.code and r.store_id = o.store_id
                and r.order_number = o.number and r.rolled_back_at is null)
    """,
    # The demo brand's sales at tills are history: their goods left before its stock was counted.
    "order.goods": """
        select 'order ' || o.number, 'is ' || o.state || ', of its sku ' || l.sku_id || ' ' || l.sold
               || ' pieces were sold and ' || coalesce(m.gone, 0) || ' left'
        from "order" o
        join (select member_id, order_id, sku_id, sum(quantity) as sold
              from order_line group by member_id, order_id, sku_id) l
          on l.member_id = o.member_id and l.order_id = o.id
        left join (select source_id, sku_id, -sum(on_hand_change) as gone
                   from movement where source_kind = 'order' group by source_id, sku_id) m
               on m.source_id = o.id and m.sku_id = l.sku_id
        where o.pay_until is not null
          and coalesce(m.gone, 0) <> case when o.state in ('placed', 'cancelled') then 0 else l.sold end
    """,
    "order.directory": """
        select 'order ' || coalesce(o.number, d.number),
               case when o.id is null then 'its number leads to no order'
                    else 'is not found by its number' end
        from "order" o
        full join order_directory d on d.number = o.number and d.store_id = o.store_id
                                   and d.member_id = o.member_id and d.order_id = o.id
        where o.id is null or d.number is null
    """,
}


def check(db: Session) -> Iterable[Finding]:
    """Every order adds up, is paid as its state says, has its coupons and goods, and is found by its number."""
    return breaches(db, _RULES)
