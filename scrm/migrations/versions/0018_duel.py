"""Live duels: two members, one seed, and what each of their phones has sent of its inputs so far."""

from alembic import op

from center_core.kit import LOCAL, place

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute("""
        create table duel (
            id uuid primary key,
            campaign_id uuid not null,
            version integer not null,
            game text not null,
            state text not null check (state in ('waiting', 'running', 'over', 'void')),
            created_at timestamptz not null,
            waits_until timestamptz,
            seed text,
            starts_at timestamptz,
            ends_at timestamptz,
            winner smallint check (winner in (1, 2)),
            rematch_of uuid unique
        )
    """)
    op.execute("""
        create index duel_campaign_id_created_at_idx on duel (campaign_id, created_at)
         where state = 'waiting' and waits_until is not null
    """)
    op.execute("create index duel_ends_at_idx on duel (ends_at) where state = 'running'")
    place("duel", LOCAL)
    op.execute("""
        create table duel_side (
            duel_id uuid not null,
            no smallint not null check (no in (1, 2)),
            member_id uuid not null,
            round_id uuid,
            ready_at timestamptz,
            finished_at timestamptz,
            left_at timestamptz,
            score integer,
            tie integer,
            flagged boolean not null default false,
            primary key (duel_id, no),
            unique (duel_id, member_id)
        )
    """)
    place("duel_side", LOCAL)
    op.execute("""
        create table duel_batch (
            duel_id uuid not null,
            no smallint not null,
            seq integer not null,
            tick integer not null,
            events jsonb not null,
            primary key (duel_id, no, seq)
        )
    """)
    place("duel_batch", LOCAL)
