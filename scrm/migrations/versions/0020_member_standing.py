"""How it stands with each membership, for statements of other centres that join members (see docs/adr/0002)."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("create view member_standing as select member_id, status from member")
