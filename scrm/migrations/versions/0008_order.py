"""Orders with their lines, payments and returns, and the directory of their numbers."""

from alembic import op

from center_core.kit import DIRECTORY, MEMBER, place

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("""
        create table "order" (
            member_id uuid not null,
            id uuid not null,
            number text not null,
            store_id uuid not null references store (id),
            staff_id uuid references staff (id),
            location_id uuid not null references location (id),
            state text not null constraint order_state_check
                check (state in ('placed', 'paid', 'part_returned', 'returned', 'cancelled')),
            total_fen bigint not null,
            discount_fen bigint not null constraint order_discount_check check (discount_fen >= 0),
            payable_fen bigint not null constraint order_payable_check check (payable_fen >= 0),
            refunded_fen bigint not null constraint order_refunded_check
                check (refunded_fen between 0 and payable_fen),
            coupon_codes jsonb not null,
            placed_at timestamptz not null,
            pay_until timestamptz,
            paid_at timestamptz,
            primary key (member_id, id),
            constraint order_total_check check (total_fen = discount_fen + payable_fen)
        )
    """)
    op.execute('create index order_member_id_placed_at_id_idx on "order" (member_id, placed_at, id)')
    op.execute('create index order_store_id_placed_at_idx on "order" (store_id, placed_at)')
    op.execute("""create index order_unpaid_idx on "order" (pay_until) where state = 'placed'""")
    place("order", MEMBER)

    op.execute("""
        create table order_line (
            member_id uuid not null,
            order_id uuid not null,
            line_no integer not null,
            sku_id uuid not null references sku (id),
            quantity integer not null constraint order_line_quantity_check check (quantity > 0),
            price_fen bigint not null constraint order_line_price_check check (price_fen >= 0),
            discount_fen bigint not null,
            returned integer not null constraint order_line_returned_check check (returned between 0 and quantity),
            refunded_fen bigint not null,
            primary key (member_id, order_id, line_no),
            foreign key (member_id, order_id) references "order" (member_id, id),
            constraint order_line_discount_check check (discount_fen between 0 and price_fen * quantity),
            constraint order_line_refunded_check check (refunded_fen between 0 and price_fen * quantity - discount_fen)
        )
    """)
    place("order_line", MEMBER)

    op.execute("""
        create table payment (
            member_id uuid not null,
            id uuid not null,
            order_id uuid not null,
            provider text not null,
            amount_fen bigint not null constraint payment_amount_check check (amount_fen > 0),
            state text not null
                constraint payment_state_check check (state in ('pending', 'paid', 'failed')),
            reference text,
            started_at timestamptz not null,
            settled_at timestamptz,
            primary key (member_id, id),
            foreign key (member_id, order_id) references "order" (member_id, id)
        )
    """)
    op.execute("create index payment_member_id_order_id_idx on payment (member_id, order_id)")
    place("payment", MEMBER)

    op.execute("""
        create table refund (
            member_id uuid not null,
            id uuid not null,
            payment_id uuid not null,
            amount_fen bigint not null constraint refund_amount_check check (amount_fen > 0),
            state text not null constraint refund_state_check check (state in ('due', 'done')),
            reference text,
            due_at timestamptz not null,
            done_at timestamptz,
            primary key (member_id, id),
            foreign key (member_id, payment_id) references payment (member_id, id)
        )
    """)
    op.execute("create index refund_member_id_payment_id_idx on refund (member_id, payment_id)")
    place("refund", MEMBER)

    op.execute("""
        create table order_return (
            member_id uuid not null,
            id uuid not null,
            order_id uuid not null,
            number text not null,
            store_id uuid not null references store (id),
            refund_fen bigint not null constraint order_return_refund_check check (refund_fen >= 0),
            at timestamptz not null,
            primary key (member_id, id),
            unique (member_id, order_id, number),
            foreign key (member_id, order_id) references "order" (member_id, id)
        )
    """)
    place("order_return", MEMBER)

    op.execute("""
        create table order_return_line (
            member_id uuid not null,
            return_id uuid not null,
            line_no integer not null,
            quantity integer not null constraint order_return_line_quantity_check check (quantity > 0),
            refund_fen bigint not null constraint order_return_line_refund_check check (refund_fen >= 0),
            primary key (member_id, return_id, line_no),
            foreign key (member_id, return_id) references order_return (member_id, id)
        )
    """)
    place("order_return_line", MEMBER)

    op.execute("""
        create table order_directory (
            store_id uuid not null,
            number text not null,
            member_id uuid not null,
            order_id uuid not null,
            primary key (number, store_id)
        )
    """)
    place("order_directory", DIRECTORY, "number")
