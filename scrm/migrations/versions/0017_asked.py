"""Rounds of games that ask: which questions were put, when, and what was answered."""

from alembic import op

from center_core.kit import MEMBER, place

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("""
        create table round_question (
            member_id uuid not null,
            round_id uuid not null,
            no smallint not null check (no >= 1),
            asked_at timestamptz not null,
            answered_at timestamptz,
            choice smallint check (choice between 0 and 3),
            points integer not null default 0,
            primary key (member_id, round_id, no)
        )
    """)
    place("round_question", MEMBER)
