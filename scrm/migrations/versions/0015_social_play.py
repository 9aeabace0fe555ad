"""What members do with each other's rounds: public codes, ghost races, challenge links, boards of day, store and team."""

from alembic import op

from center_core.kit import DIRECTORY, MEMBER, place

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    homes()
    rounds()
    days()
    friends()


def homes() -> None:
    """The store and the guide that a member plays for in a campaign; those who play already belong to theirs of now."""
    op.execute("""
        alter table participation
            add column store_id uuid,
            add column staff_id uuid,
            add column ghost_day date,
            add column day_ghosts integer not null default 0
    """)
    op.execute("""
        update participation p set store_id = b.store_id, staff_id = b.staff_id
          from binding b
         where b.member_id = p.member_id and b.until is null and p.best_score is not null
    """)
    op.execute("""
        update participation p set store_id = m.join_store_id
          from member m
         where m.member_id = p.member_id and p.store_id is null and p.best_score is not null
    """)
    op.execute("""
        create index participation_campaign_id_store_id_idx on participation (campaign_id, store_id)
         where best_score is not null and store_id is not null
    """)
    op.execute("""
        create index participation_campaign_id_staff_id_idx on participation (campaign_id, staff_id)
         where best_score is not null and staff_id is not null
    """)


def rounds() -> None:
    op.execute("""
        alter table game_round
            add column code text,
            add column against text,
            add column beaten boolean
    """)
    op.execute("""
        create table round_code (
            code text primary key,
            member_id uuid not null,
            round_id uuid not null,
            campaign_id uuid not null
        )
    """)
    place("round_code", DIRECTORY, "code")
    # Older rounds get their codes here, so that every entry of a leaderboard can be watched.
    op.execute("""
        update game_round set code = upper(replace(gen_random_uuid()::text, '-', ''))
         where state = 'scored' and flags = '[]'
    """)
    op.execute("""
        insert into round_code (code, member_id, round_id, campaign_id)
        select code, member_id, id, campaign_id from game_round where code is not null
    """)


def days() -> None:
    op.execute("""
        create table day_best (
            member_id uuid not null,
            campaign_id uuid not null,
            day date not null,
            score integer not null,
            tie integer not null,
            at timestamptz not null,
            round_id uuid not null,
            primary key (member_id, campaign_id, day)
        )
    """)
    op.execute("create index day_best_campaign_id_day_idx on day_best (campaign_id, day)")
    place("day_best", MEMBER)


def friends() -> None:
    op.execute("""
        create table friend (
            member_id uuid not null,
            campaign_id uuid not null,
            friend_id uuid not null,
            took_mine_at timestamptz,
            took_theirs_at timestamptz,
            joined boolean not null default false,
            races integer not null default 0,
            beat_me_at timestamptz,
            primary key (member_id, campaign_id, friend_id)
        )
    """)
    op.execute("create index friend_campaign_id_idx on friend (campaign_id) where took_mine_at is not null")
    place("friend", MEMBER)
