"""Pictures that marketers bring, each once under the hash of its content."""

from alembic import op

from center_core.kit import LOCAL, place

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("""
        create table picture (
            key text primary key check (key ~ '^[0-9a-f]{64}$'),
            campaign_id uuid not null,
            media_type text not null,
            width integer not null check (width > 0),
            height integer not null check (height > 0),
            content bytea not null,
            brought_at timestamptz not null
        )
    """)
    op.execute("create index picture_campaign_id_idx on picture (campaign_id)")
    op.execute("create index picture_brought_at_idx on picture (brought_at)")
    place("picture", LOCAL)
