"""Events that were given up on are found without reading what was delivered."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("create index outbox_parked_idx on outbox (parked_at) where parked_at is not null")
