"""Styles and their SKUs."""

from alembic import op

from center_core.kit import REFERENCE, place

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("""
        create table style (
            id uuid primary key,
            code text not null unique,
            name jsonb not null,
            category text not null,
            silhouette text not null,
            quilting text not null,
            hood boolean not null,
            fill text not null,
            season text not null,
            price_fen bigint not null constraint style_price_check check (price_fen > 0),
            story jsonb not null
        )
    """)
    op.execute("create index style_category_code_idx on style (category, code)")
    place("style", REFERENCE)

    op.execute("""
        create table sku (
            id uuid primary key,
            style_id uuid not null references style (id),
            code text not null unique,
            barcode text not null unique,
            colour text not null,
            colour_name jsonb not null,
            colour_hex text not null,
            size text not null,
            size_order integer not null,
            price_fen bigint not null constraint sku_price_check check (price_fen > 0),
            unique (style_id, colour, size)
        )
    """)
    place("sku", REFERENCE)
