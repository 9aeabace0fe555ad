"""The tables of channel: regions, stores, channel codes, API keys; and the home store of staff."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from center_core.kit import REFERENCE, place

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", JSONB, nullable=False),
    )
    place("region", REFERENCE)

    op.create_table(
        "store",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", JSONB, nullable=False),
        sa.Column("region_id", sa.Uuid, sa.ForeignKey("region.id")),
        sa.Column("province", JSONB, nullable=False),
        sa.Column("city", JSONB, nullable=False),
        sa.Column("address", JSONB, nullable=False),
        sa.Column("lat", sa.Float),
        sa.Column("lng", sa.Float),
        sa.Column("phone", sa.Text),
        sa.Column("hours", sa.Text),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.CheckConstraint("kind in ('store', 'eshop')", name="kind"),
        sa.CheckConstraint("(lat is null) = (lng is null)", name="place"),
    )
    op.create_index("store_region_id_idx", "store", ["region_id"])
    place("store", REFERENCE)
    op.create_foreign_key("staff_store_id_fkey", "staff", "store", ["store_id"], ["id"])

    op.create_table(
        "channel_code",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("store_id", sa.Uuid, sa.ForeignKey("store.id"), nullable=False),
        sa.Column("staff_id", sa.Uuid, sa.ForeignKey("staff.id")),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("campaign_slug", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_index("channel_code_store_id_idx", "channel_code", ["store_id"])
    op.create_index("channel_code_staff_id_idx", "channel_code", ["staff_id"])
    place("channel_code", REFERENCE)

    op.create_table(
        "api_key",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("store_id", sa.Uuid, sa.ForeignKey("store.id"), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False, unique=True),
        sa.Column("key_hash", sa.Text, nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
    )
    op.create_index("api_key_store_id_idx", "api_key", ["store_id"])
    place("api_key", REFERENCE)
