"""Campaigns, their prize pools, plays, rounds and traffic, and the function that decides a batch of plays."""

from pathlib import Path

from alembic import op

from center_core.kit import LOCAL, MEMBER, REFERENCE, place

revision = "0010"
down_revision = "0009"

FAMILIES = {
    "campaign": REFERENCE,
    "campaign_version": REFERENCE,
    "campaign_draft": LOCAL,
    "prize_stock": LOCAL,
    "prize_unit": LOCAL,
    "participation": MEMBER,
    "play": MEMBER,
    "award": MEMBER,
    "game_round": MEMBER,
    "traffic": LOCAL,
    "visit_source": LOCAL,
}


def upgrade() -> None:
    campaigns()
    prize_pool()
    what_members_do()
    traffic()
    for table, kind in FAMILIES.items():
        place(table, kind)
    op.execute((Path(__file__).parent / "0010_draw_batch.sql").read_text())


def campaigns() -> None:
    op.execute("""
        create table campaign (
            id uuid primary key,
            slug text not null unique,
            type text not null,
            state text not null constraint campaign_state_check
                check (state in ('draft', 'scheduled', 'running', 'paused', 'ended', 'settled')),
            starts_at timestamptz,
            ends_at timestamptz,
            zone text,
            revision integer not null,
            version integer not null,
            draft jsonb not null,
            draft_revision integer not null,
            seed bytea,
            seed_hash text,
            revealed_at timestamptz,
            created_by uuid,
            created_at timestamptz not null,
            updated_at timestamptz not null
        )
    """)
    op.execute("""
        create table campaign_version (
            campaign_id uuid not null,
            version integer not null,
            definition jsonb not null,
            published_by uuid,
            published_at timestamptz not null,
            primary key (campaign_id, version)
        )
    """)
    op.execute("""
        create table campaign_draft (
            campaign_id uuid not null,
            draft_revision integer not null,
            draft jsonb not null,
            saved_by uuid,
            saved_at timestamptz not null,
            primary key (campaign_id, draft_revision)
        )
    """)


def prize_pool() -> None:
    # The rows of stock are rewritten with every batch: room in the page keeps that update off the index.
    op.execute("""
        create table prize_stock (
            campaign_id uuid not null,
            prize_no integer not null,
            left_over integer constraint prize_stock_left_over_check check (left_over >= 0),
            won integer not null constraint prize_stock_won_check check (won >= 0),
            primary key (campaign_id, prize_no)
        ) with (fillfactor = 50)
    """)
    op.execute("""
        create table prize_unit (
            campaign_id uuid not null,
            prize_no integer not null,
            unit_no integer not null,
            release_at timestamptz,
            member_id uuid,
            play_id uuid,
            won_at timestamptz,
            primary key (campaign_id, prize_no, unit_no)
        ) with (fillfactor = 70)
    """)


def what_members_do() -> None:
    """No foreign keys: a check for each row would cost as much as the row; ``scrm doctor`` looks instead."""
    op.execute("""
        create table participation (
            member_id uuid not null,
            campaign_id uuid not null,
            joined_at timestamptz not null,
            plays integer not null default 0,
            day date,
            day_plays integer not null default 0,
            granted integer not null default 0,
            spent integer not null default 0,
            round_day date,
            day_rounds integer not null default 0,
            best_score integer,
            best_tie integer,
            best_at timestamptz,
            best_round_id uuid,
            primary key (member_id, campaign_id)
        ) with (fillfactor = 70)
    """)
    op.execute("""
        create index participation_campaign_id_idx on participation (campaign_id)
        where best_score is not null
    """)
    op.execute("""
        create table play (
            member_id uuid not null,
            id uuid not null,
            campaign_id uuid not null,
            idempotency_key text not null,
            n integer not null,
            day date not null,
            version integer not null,
            number bigint not null,
            drawn_no integer not null,
            left_over integer,
            prize_no integer not null,
            unit_no integer,
            played_at timestamptz not null,
            primary key (member_id, id),
            unique (member_id, campaign_id, idempotency_key),
            unique (member_id, campaign_id, n)
        )
    """)
    op.execute("""
        create table award (
            member_id uuid not null,
            id uuid not null,
            campaign_id uuid not null,
            prize_no integer not null,
            unit_no integer,
            kind text not null,
            template_id uuid,
            points integer not null,
            awarded_at timestamptz not null,
            primary key (member_id, id)
        )
    """)
    op.execute("""
        create table game_round (
            member_id uuid not null,
            id uuid not null,
            campaign_id uuid not null,
            idempotency_key text not null,
            version integer not null,
            game text not null,
            seed text not null,
            started_at timestamptz not null,
            deadline timestamptz not null,
            state text not null constraint game_round_state_check
                check (state in ('open', 'scored', 'refused')),
            finished_at timestamptz,
            inputs bytea,
            score integer,
            tie integer,
            flags jsonb not null,
            rules_version text,
            chances integer not null default 0,
            reason text,
            primary key (member_id, id),
            unique (member_id, campaign_id, idempotency_key)
        )
    """)


def traffic() -> None:
    op.execute("""
        create table traffic (
            campaign_id uuid not null,
            hour timestamptz not null,
            visits integer not null default 0,
            joins integer not null default 0,
            plays integer not null default 0,
            wins integer not null default 0,
            primary key (campaign_id, hour)
        ) with (fillfactor = 50)
    """)
    op.execute("""
        create table visit_source (
            campaign_id uuid not null,
            day date not null,
            channel_code text not null,
            visits integer not null,
            primary key (campaign_id, day, channel_code)
        ) with (fillfactor = 50)
    """)
