"""The guides' feed, and their notes on members."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from center_core.kit import DIRECTORY, MEMBER, place

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "id", name="feed_pkey"),
    )
    place("feed", DIRECTORY, "staff_id")

    op.create_table(
        "note",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name="note_pkey"),
    )
    place("note", MEMBER)
