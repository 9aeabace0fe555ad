"""Stock by location and SKU, its append-only movements, and the holds on it."""

from alembic import op

from center_core.kit import LOCAL, REFERENCE, place

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("""
        create table location (
            id uuid primary key,
            code text not null unique,
            kind text not null constraint location_kind_check check (kind in ('factory', 'main', 'sub', 'store')),
            store_id uuid unique references store (id),
            name jsonb not null
        )
    """)
    place("location", REFERENCE)

    # Both checks are second guards behind the condition of each UPDATE in the inventory centre.
    op.execute("""
        create table stock (
            location_id uuid not null references location (id),
            sku_id uuid not null references sku (id),
            on_hand integer not null,
            reserved integer not null,
            primary key (location_id, sku_id),
            constraint stock_on_hand_check check (on_hand >= reserved),
            constraint stock_reserved_check check (reserved >= 0)
        )
    """)
    op.execute("create index stock_sku_id_idx on stock (sku_id)")
    place("stock", LOCAL)

    op.execute("""
        create table movement (
            id uuid primary key,
            location_id uuid not null references location (id),
            sku_id uuid not null references sku (id),
            kind text not null,
            on_hand_change integer not null,
            reserved_change integer not null,
            source_kind text not null,
            source_id uuid not null,
            at timestamptz not null,
            unique (source_id, source_kind, kind, location_id, sku_id)
        )
    """)
    op.execute("create index movement_location_id_sku_id_idx on movement (location_id, sku_id)")
    place("movement", LOCAL)

    op.execute("""
        create table hold (
            id uuid primary key,
            location_id uuid not null references location (id),
            sku_id uuid not null references sku (id),
            quantity integer not null constraint hold_quantity_check check (quantity > 0),
            state text not null
                constraint hold_state_check check (state in ('open', 'consumed', 'released', 'expired')),
            source_kind text not null,
            source_id uuid not null,
            held_at timestamptz not null,
            expires_at timestamptz not null,
            closed_at timestamptz,
            unique (source_id, source_kind, location_id, sku_id)
        )
    """)
    op.execute("create index hold_open_idx on hold (expires_at) where state = 'open'")
    op.execute("create index hold_location_id_sku_id_idx on hold (location_id, sku_id) where state = 'open'")
    place("hold", LOCAL)
