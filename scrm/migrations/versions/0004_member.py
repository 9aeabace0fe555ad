"""The tables of member: identity, card, consent, tags, binding, tiers, one-time codes, the points ledger.

And the inbox that the embedded SMS provider puts its messages into.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, place

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    who_they_are()
    what_they_agreed_to()
    whose_they_are()
    points()
    one_time_codes()


def who_they_are() -> None:
    op.create_table(
        "tier",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", JSONB, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False, unique=True),
        sa.Column("threshold", sa.Integer, nullable=False),
        sa.Column("earn_percent", sa.Integer, nullable=False),
    )
    place("tier", REFERENCE)

    op.create_table(
        "member",
        sa.Column("member_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_pinyin", sa.Text, nullable=False),
        sa.Column("gender", sa.Text),
        sa.Column("birthday", sa.Date),
        sa.Column("phone", sa.Text),
        sa.Column("phone_tail", sa.Text),
        sa.Column("tier", sa.Text, sa.ForeignKey("tier.code")),
        sa.Column("tier_until", MOMENT),
        sa.Column("growth", sa.Integer, nullable=False, server_default="0"),
        sa.Column("card_secret", sa.LargeBinary, nullable=False),
        sa.Column("join_store_id", sa.Uuid, sa.ForeignKey("store.id")),
        sa.Column("join_code", sa.Text),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.CheckConstraint("kind in ('person', 'walk_in')", name="kind"),
        sa.CheckConstraint("status in ('active', 'frozen', 'erased')", name="status"),
    )
    op.create_index("member_phone_tail_idx", "member", ["phone_tail"])
    op.create_index("member_name_idx", "member", ["name"], postgresql_ops={"name": "text_pattern_ops"})
    op.create_index(
        "member_name_pinyin_idx",
        "member",
        ["name_pinyin"],
        postgresql_ops={"name_pinyin": "text_pattern_ops"},
    )
    op.create_index("member_joined_at_idx", "member", ["joined_at"])
    op.create_index("member_join_store_id_joined_at_idx", "member", ["join_store_id", "joined_at"])
    op.create_index(
        "member_tier_until_idx", "member", ["tier_until"], postgresql_where=sa.text("tier_until is not null")
    )
    place("member", MEMBER)

    op.create_table(
        "identity",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("member_id", sa.Uuid, nullable=False),
    )
    place("identity", DIRECTORY, "value")
    op.execute(MEMBERS_ACTIVE)


# Those of ``members`` who may take part in things: a read in SQL for those who decide in batches.
MEMBERS_ACTIVE = """
create function members_active(members uuid[]) returns uuid[]
language plpgsql stable set enable_seqscan = off as $$
begin
  return (
    select array_agg(m.member_id) from member m
     where m.member_id = any (members) and m.kind = 'person' and m.status = 'active'
  );
end $$
"""


def what_they_agreed_to() -> None:
    op.create_table(
        "consent",
        sa.Column("member_id", sa.Uuid, sa.ForeignKey("member.member_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
    )
    op.create_index(
        "consent_given_idx",
        "consent",
        ["member_id", "document", "version"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    place("consent", MEMBER)


def whose_they_are() -> None:
    op.create_table(
        "tag",
        sa.Column("member_id", sa.Uuid, sa.ForeignKey("member.member_id"), primary_key=True),
        sa.Column("tag", sa.Text, primary_key=True),
        sa.Column("added_at", MOMENT, nullable=False),
    )
    op.create_index("tag_tag_idx", "tag", ["tag"])
    place("tag", MEMBER)

    op.create_table(
        "binding",
        sa.Column("member_id", sa.Uuid, sa.ForeignKey("member.member_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("staff_id", sa.Uuid, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("store_id", sa.Uuid, sa.ForeignKey("store.id"), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("reason", sa.Text, nullable=False),
    )
    still_open = sa.text("until is null")
    op.create_index("binding_open_idx", "binding", ["member_id"], unique=True, postgresql_where=still_open)
    op.create_index("binding_staff_id_idx", "binding", ["staff_id", "member_id"], postgresql_where=still_open)
    op.create_index("binding_store_id_idx", "binding", ["store_id", "member_id"], postgresql_where=still_open)
    place("binding", MEMBER)


def points() -> None:
    op.create_table(
        "points_posting",
        sa.Column("member_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("available_change", sa.Integer, nullable=False),
        sa.Column("pending_change", sa.Integer, nullable=False),
        sa.Column("lot_id", sa.Uuid),
        sa.Column("source_kind", sa.Text, nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("available_at", MOMENT),
        sa.Column("expires_at", MOMENT),
        sa.UniqueConstraint("member_id", "source_kind", "source_id", "kind"),
        sa.CheckConstraint("kind in ('earn', 'release', 'spend', 'expire', 'reverse')", name="kind"),
    )
    place("points_posting", MEMBER)

    op.create_table(
        "points_balance",
        sa.Column("member_id", sa.Uuid, sa.ForeignKey("member.member_id"), primary_key=True),
        sa.Column("available", sa.Integer, nullable=False, server_default="0"),
        sa.Column("pending", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lifetime", sa.Integer, nullable=False, server_default="0"),
        sa.Column("releases_next", MOMENT),
        sa.Column("expires_next", MOMENT),
        sa.CheckConstraint("pending >= 0", name="pending"),
    )
    for due in ("releases_next", "expires_next"):
        op.create_index(
            f"points_balance_{due}_idx",
            "points_balance",
            [due],
            postgresql_where=sa.text(f"{due} is not null"),
        )
    place("points_balance", MEMBER)
    op.execute(POINTS_EARN_BATCH)


# Earns points for many members at once; returns how many postings were new. Sources that were posted before are
# left as they are, so the call may be repeated; repeating one within a batch is the caller's to avoid. It reads
# into arrays and writes each table with one statement, because that runs unchanged on Citus. Balances are taken
# in the order of members, so that two batches never wait for each other in a circle. Two simultaneous calls
# with one source meet in the unique key: one fails, and is to be called again. Sequential scans are off, since a
# plan made while the table was empty would otherwise be kept for the life of the connection.
POINTS_EARN_BATCH = """
create function points_earn_batch(
  at timestamptz, members uuid[], ids uuid[], points int[], source_kind text, source_ids uuid[],
  pending_until timestamptz default null
) returns int language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  held boolean := coalesce(pending_until > points_earn_batch.at, false);
  usable_at timestamptz := case when held then pending_until else points_earn_batch.at end;
  lapses_at timestamptz := usable_at + interval '24 months';
  posted_m uuid[]; posted_s uuid[];
  new_m uuid[]; new_i uuid[]; new_p int[]; new_s uuid[];
begin
  select array_agg(p.member_id), array_agg(p.source_id) into posted_m, posted_s
    from points_posting p
   where p.member_id = any(members) and p.source_kind = points_earn_batch.source_kind
     and p.source_id = any(source_ids) and p.kind = 'earn';

  select array_agg(m), array_agg(i), array_agg(p), array_agg(s) into new_m, new_i, new_p, new_s
    from unnest(members, ids, points, source_ids) asked(m, i, p, s)
   where p > 0
     and not exists (select from unnest(posted_m, posted_s) done(m, s) where done.m = asked.m and done.s = asked.s);
  if new_m is null then
    return 0;
  end if;

  insert into points_posting (member_id, id, kind, available_change, pending_change, lot_id,
                              source_kind, source_id, at, available_at, expires_at)
  select m, i, 'earn', case when held then 0 else p end, case when held then p else 0 end, i,
         points_earn_batch.source_kind, s, points_earn_batch.at, usable_at, lapses_at
    from unnest(new_m, new_i, new_p, new_s) t(m, i, p, s);

  insert into points_balance as b (member_id, available, pending, lifetime, releases_next, expires_next)
  select m, case when held then 0 else sum(p) end, case when held then sum(p) else 0 end, sum(p),
         case when held then usable_at end, lapses_at
    from unnest(new_m, new_p) t(m, p) group by m order by m
  on conflict (member_id) do update
     set available = b.available + excluded.available,
         pending = b.pending + excluded.pending,
         lifetime = b.lifetime + excluded.lifetime,
         releases_next = least(b.releases_next, excluded.releases_next),
         expires_next = least(b.expires_next, excluded.expires_next);
  return cardinality(new_m);
end $$
"""


def one_time_codes() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("ip", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("consumed_at", MOMENT),
    )
    op.create_index(
        "one_time_code_phone_purpose_requested_at_idx", "one_time_code", ["phone", "purpose", "requested_at"]
    )
    op.create_index("one_time_code_ip_requested_at_idx", "one_time_code", ["ip", "requested_at"])
    place("one_time_code", LOCAL)

    op.create_table(
        "sms_inbox",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("sms_inbox_phone_id_idx", "sms_inbox", ["phone", "id"])
    place("sms_inbox", LOCAL)
