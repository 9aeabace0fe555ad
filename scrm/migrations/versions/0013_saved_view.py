"""The views of lists that members of staff saved for themselves."""

import sqlalchemy as sa
from alembic import op

from center_core.kit import LOCAL, place

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("list_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("staff_id", "list_name", "name"),
    )
    place("saved_view", LOCAL)
