"""Seasons: stores against stores over several campaigns, members and their guides scored together."""

from alembic import op

from center_core.kit import DIRECTORY, LOCAL, REFERENCE, place

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("""
        create table season (
            id uuid primary key,
            slug text not null unique,
            title jsonb not null,
            starts_at timestamptz not null,
            ends_at timestamptz not null,
            zone text not null,
            counted integer not null constraint season_counted_check check (counted between 1 and 50),
            frozen_at timestamptz,
            created_by uuid,
            created_at timestamptz not null,
            constraint season_period_check check (starts_at < ends_at)
        )
    """)
    place("season", REFERENCE)
    op.execute("""
        create table season_campaign (
            season_id uuid not null,
            campaign_id uuid not null,
            primary key (season_id, campaign_id)
        )
    """)
    place("season_campaign", REFERENCE)
    op.execute("""
        create table season_point (
            store_id uuid not null,
            season_id uuid not null,
            member_id uuid not null,
            campaign_id uuid not null,
            staff_id uuid,
            points integer not null,
            primary key (store_id, season_id, member_id, campaign_id)
        )
    """)
    place("season_point", DIRECTORY, "store_id")
    op.execute("""
        create table season_store (
            season_id uuid not null,
            store_id uuid not null,
            points integer not null,
            members integer not null,
            guides integer not null,
            guides_of integer not null,
            counted_at timestamptz not null,
            primary key (season_id, store_id)
        )
    """)
    op.execute("create index season_store_points_idx on season_store (season_id, points desc)")
    place("season_store", LOCAL)
