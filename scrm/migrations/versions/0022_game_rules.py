"""The rules that rounds began with: a new release still judges and shows what was played before it."""

from alembic import op

from center_core.kit import REFERENCE, place

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.execute("""
        create table game_rules (
            game text not null,
            version text not null,
            script text not null,
            kept_at timestamptz not null,
            primary key (game, version)
        )
    """)
    place("game_rules", REFERENCE)
