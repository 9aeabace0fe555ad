"""When each batch of a duel's inputs was stored: of two alike rounds the one that came later is the copy."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    # By itself for whoever still runs the release before.
    op.execute("alter table duel_batch add column stored_at timestamptz not null default now()")
