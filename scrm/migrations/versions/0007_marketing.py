"""Coupon templates, coupons, their codes and redemptions, and the function that issues a batch of prizes."""

from alembic import op

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, place

revision = "0007"
down_revision = "0006"

# A prize's coupons draw on the prize's own stock and limits, so neither coupon_stock nor coupon_allowance is
# touched, and from_stock is false. A source that already has its coupon is passed over; a source repeated within
# one batch is the caller's to fold. Sequential scans are off because the plan is cached, perhaps while the tables
# are still empty, and would then read the whole table for ever. One read by member into arrays and plain
# INSERT ... SELECT unnest are what Citus can route.
ISSUE_BATCH = """
    create function coupon_issue_batch(
        at timestamptz, members uuid[], ids uuid[], templates uuid[], codes text[],
        valid_from timestamptz[], valid_until timestamptz[], source_kind text, source_ids uuid[],
        origin_id uuid default null
    ) returns integer language plpgsql set enable_seqscan = off as $$
    declare
        -- Short names, so that none of the parameters can be taken for a column.
        v_at constant timestamptz := at;
        v_from constant timestamptz[] := valid_from;
        v_until constant timestamptz[] := valid_until;
        v_kind constant text := source_kind;
        v_origin constant uuid := origin_id;
        known uuid[];
        fresh bigint[];
    begin
        select array_agg(c.source_id) into known
        from coupon c
        where c.member_id = any (members) and c.source_kind = v_kind and c.source_id = any (source_ids);

        select array_agg(b.o) into fresh
        from unnest(source_ids) with ordinality as b (source_id, o)
        where known is null or b.source_id <> all (known);

        insert into coupon (member_id, id, template_id, code, state, issued_at, valid_from, valid_until,
                            source_kind, source_id, origin_id, from_stock)
        select members[o], ids[o], templates[o], codes[o], 'issued', v_at, v_from[o], v_until[o],
               v_kind, source_ids[o], v_origin, false
        from unnest(fresh) as b (o);

        insert into coupon_directory (code, member_id, coupon_id)
        select codes[o], members[o], ids[o]
        from unnest(fresh) as b (o);

        return coalesce(cardinality(fresh), 0);
    end $$
"""


def upgrade() -> None:
    op.execute("""
        create table coupon_template (
            id uuid primary key,
            code text not null unique,
            name jsonb not null,
            kind text not null
                constraint coupon_template_kind_check check (kind in ('amount', 'percent', 'gift')),
            value integer not null constraint coupon_template_value_check check (value >= 0),
            cap_fen bigint,
            gift_sku_code text,
            minimum_fen bigint not null
                constraint coupon_template_minimum_check check (minimum_fen >= 0),
            scope jsonb not null,
            valid_from timestamptz not null,
            valid_until timestamptz not null,
            valid_days integer,
            zone text not null,
            member_limit integer,
            stock_total integer,
            stacking text not null
                constraint coupon_template_stacking_check check (stacking in ('alone', 'with_others')),
            stacking_group text,
            terms jsonb not null,
            art text not null,
            state text not null
                constraint coupon_template_state_check check (state in ('draft', 'active', 'closed')),
            version integer not null,
            created_at timestamptz not null,
            constraint coupon_template_period_check check (valid_from < valid_until)
        )
    """)
    place("coupon_template", REFERENCE)

    op.execute("""
        create table coupon_stock (
            template_id uuid primary key references coupon_template (id),
            left_over integer not null constraint coupon_stock_left_over_check check (left_over >= 0)
        )
    """)
    place("coupon_stock", LOCAL)

    op.execute("""
        create table coupon_allowance (
            member_id uuid not null,
            template_id uuid not null,
            issued integer not null,
            primary key (member_id, template_id)
        )
    """)
    place("coupon_allowance", MEMBER)

    # No foreign key to the member or the template: this table is written in the draw's batch, where each check
    # would lock the one row of the template from every transaction. `scrm doctor` looks for strays instead.
    op.execute("""
        create table coupon (
            member_id uuid not null,
            id uuid not null,
            template_id uuid not null,
            code text not null,
            state text not null
                constraint coupon_state_check check (state in ('issued', 'redeemed', 'expired', 'void')),
            issued_at timestamptz not null,
            valid_from timestamptz not null,
            valid_until timestamptz not null,
            source_kind text not null,
            source_id uuid not null,
            origin_id uuid,
            from_stock boolean not null,
            primary key (member_id, id),
            unique (member_id, source_kind, source_id)
        )
    """)
    op.execute("create index coupon_expiring_idx on coupon (valid_until) where state = 'issued'")
    op.execute("create index coupon_origin_id_idx on coupon (origin_id) where origin_id is not null")
    op.execute("create index coupon_template_id_idx on coupon (template_id)")
    place("coupon", MEMBER)

    op.execute("""
        create table coupon_directory (
            code text primary key,
            member_id uuid not null,
            coupon_id uuid not null
        )
    """)
    place("coupon_directory", DIRECTORY, "code")

    op.execute("""
        create table redemption (
            member_id uuid not null,
            id uuid not null,
            coupon_id uuid not null,
            template_id uuid not null,
            origin_id uuid,
            store_id uuid not null references store (id),
            order_number text not null,
            amount_fen bigint not null constraint redemption_amount_check check (amount_fen >= 0),
            at timestamptz not null,
            rolled_back_at timestamptz,
            primary key (member_id, id),
            foreign key (member_id, coupon_id) references coupon (member_id, id)
        )
    """)
    # At most one open redemption for each coupon: the second guard behind the coupon's state.
    op.execute("""
        create unique index redemption_open_idx on redemption (member_id, coupon_id)
        where rolled_back_at is null
    """)
    op.execute("create index redemption_store_id_order_number_idx on redemption (store_id, order_number)")
    op.execute("create index redemption_origin_id_idx on redemption (origin_id) where origin_id is not null")
    place("redemption", MEMBER)

    op.execute(ISSUE_BATCH)
