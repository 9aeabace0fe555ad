"""The invariants of coupons: their codes, stock, allowances and redemptions."""

from collections.abc import Iterable

from center_core.kit import Finding, Session, breaches

# Each rule: its name, a statement that finds what breaks it as (subject, detail), one row for each.
_RULES = {
    "marketing.stock": """
        select 'template ' || t.code,
               'left ' || coalesce(s.left_over::text, 'nowhere') || ' of ' || t.stock_total
               || ', but ' || coalesce(c.issued, 0) || ' were issued'
        from coupon_template t
        left join coupon_stock s on s.template_id = t.id
        left join (select template_id, count(*) as issued from coupon
                   where from_stock and state <> 'void' group by template_id) c
               on c.template_id = t.id
        where t.stock_total is not null
          and t.stock_total - coalesce(c.issued, 0) is distinct from s.left_over
    """,
    "marketing.allowance": """
        select 'member ' || coalesce(a.member_id, c.member_id) || ' template '
               || coalesce(a.template_id, c.template_id),
               'allowance counts ' || coalesce(a.issued, 0) || ', issued were ' || coalesce(c.issued, 0)
        from coupon_allowance a
        full join (select member_id, template_id, count(*) as issued
                   from coupon where from_stock and state <> 'void' group by member_id, template_id) c
               on c.member_id = a.member_id and c.template_id = a.template_id
        where coalesce(a.issued, 0) <> coalesce(c.issued, 0)
    """,
    "marketing.directory": """
        select 'coupon ' || coalesce(c.id, d.coupon_id),
               case when d.code is null then 'its code ' || c.code || ' leads nowhere'
                    else 'the code ' || d.code || ' leads to no coupon of that code' end
        from coupon c
        full join coupon_directory d
               on d.coupon_id = c.id and d.member_id = c.member_id and d.code = c.code
        where c.id is null or d.code is null
    """,
    "marketing.redemption": """
        select 'coupon ' || c.id,
               'is ' || c.state || ' and has ' || coalesce(r.open, 0) || ' open redemptions'
        from coupon c
        left join (select member_id, coupon_id, count(*) as open
                   from redemption where rolled_back_at is null group by member_id, coupon_id) r
               on r.member_id = c.member_id and r.coupon_id = c.id
        where coalesce(r.open, 0) <> case when c.state = 'redeemed' then 1 else 0 end
    """,
    "marketing.template": """
        select 'coupon ' || c.id, 'its template ' || c.template_id || ' does not exist'
        from coupon c left join coupon_template t on t.id = c.template_id
        where t.id is null
    """,
}


def check(db: Session) -> Iterable[Finding]:
    """Every difference between what was issued and used and what is left, counted and findable."""
    return breaches(db, _RULES)
