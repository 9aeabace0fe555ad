"""Whose sale an order was: postings for guides and stores, and for what its coupons came from."""

from alembic import op

from center_core.kit import MEMBER, place

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("""
        create table attribution (
            member_id uuid not null,
            id uuid not null,
            order_id uuid not null,
            source_kind text not null
                constraint attribution_source_check check (source_kind in ('sale', 'return')),
            source_id uuid not null,
            staff_id uuid references staff (id),
            store_id uuid not null references store (id),
            basis text not null
                constraint attribution_basis_check check (basis in ('binding', 'seller', 'store')),
            amount_fen bigint not null,
            at timestamptz not null,
            primary key (member_id, id),
            unique (member_id, source_kind, source_id)
        )
    """)
    op.execute("create index attribution_member_id_order_id_idx on attribution (member_id, order_id)")
    op.execute("create index attribution_staff_id_at_idx on attribution (staff_id, at)")
    op.execute("create index attribution_store_id_at_idx on attribution (store_id, at)")
    place("attribution", MEMBER)

    op.execute("""
        create table origin_sale (
            member_id uuid not null,
            id uuid not null,
            order_id uuid not null,
            source_kind text not null
                constraint origin_sale_source_check check (source_kind in ('sale', 'return')),
            source_id uuid not null,
            origin_id uuid not null,
            amount_fen bigint not null,
            at timestamptz not null,
            primary key (member_id, id),
            unique (member_id, source_kind, source_id, origin_id)
        )
    """)
    op.execute("create index origin_sale_member_id_order_id_idx on origin_sale (member_id, order_id)")
    op.execute("create index origin_sale_origin_id_idx on origin_sale (origin_id)")
    place("origin_sale", MEMBER)
