"""A line of a guide's feed asks for something, until it is done."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("feed", sa.Column("done_at", sa.DateTime(timezone=True)))
    op.create_index("feed_open_idx", "feed", ["staff_id", "id"], postgresql_where=sa.text("done_at is null"))
