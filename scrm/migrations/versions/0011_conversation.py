"""Conversations, their messages, the function that posts a batch of them, and talk scripts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from center_core.kit import MEMBER, REFERENCE, place

revision = "0011"
down_revision = "0010"

POST_BATCH = """
create function message_post_batch(
  at timestamptz, members uuid[], conversations uuid[], client_ids uuid[],
  sender_kinds text[], sender_ids uuid[], kinds text[], bodies text[], previews text[]
) returns table (ord integer, seq integer, staff_id uuid, kind text, body jsonb, sent_at timestamptz,
                 replayed boolean, refused text)
language plpgsql
-- Every look-up here is of one key: a plan made while the tables were empty must not scan them for ever.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  i integer;
  open_with uuid;
  newest integer;
begin
  -- One fixed order of rows to lock: two batches at once wait for each other and never for themselves.
  for i in
    select o::integer from unnest(members, conversations) with ordinality as u(m, c, o) order by m, c, o
  loop
    ord := i; seq := null; staff_id := null; kind := null; body := null; sent_at := null;
    replayed := false; refused := null;
    select c.staff_id, c.last_seq into open_with, newest
      from conversation c where c.member_id = members[i] and c.id = conversations[i] for update;
    if not found or (sender_kinds[i] = 'member' and sender_ids[i] is distinct from members[i]) then
      refused := 'conversation_unknown';
    elsif sender_kinds[i] = 'staff' and sender_ids[i] is distinct from open_with then
      refused := 'conversation_handed_over';
    else
      staff_id := open_with;
      select m.seq, m.kind, m.body, m.sent_at into seq, kind, body, sent_at
        from message m
        where m.member_id = members[i] and m.conversation_id = conversations[i] and m.client_id = client_ids[i];
      replayed := found;
      if not replayed then
        seq := newest + 1; kind := kinds[i]; body := bodies[i]::jsonb; sent_at := at;
        insert into message (member_id, conversation_id, seq, client_id, sender_kind, sender_id, kind, body, sent_at)
          values (members[i], conversations[i], seq, client_ids[i], sender_kinds[i], sender_ids[i], kind, body, at);
        update conversation c set
            last_seq = newest + 1, last_at = at, last_kind = kinds[i], last_sender = sender_kinds[i],
            last_text = previews[i],
            member_read_seq = case when sender_kinds[i] = 'member' then newest + 1 else c.member_read_seq end,
            staff_read_seq = case when sender_kinds[i] = 'staff' then newest + 1 else c.staff_read_seq end
          where c.member_id = members[i] and c.id = conversations[i];
      end if;
    end if;
    return next;
  end loop;
end $$
"""

TALK_SCRIPTS = [
    (
        "welcome", "greeting",
        "Hi {name}, I am your guide at the store. Tell me what you are looking for and I will set it aside for you.",
        "{name}您好，我是您的专属导购。想看什么款式、什么尺码，告诉我，我先帮您留好。",
    ),
    (
        "new_in", "greeting",
        "{name}, the new winter line is in. Shall I send you the three I would pick for you?",
        "{name}，冬季新品到店了。我挑了三件特别适合您的，发给您看看？",
    ),
    (
        "win", "campaign",
        "Congratulations on your win, {name}! It is in your wallet. Come by and I will have it ready for you.",
        "恭喜{name}中奖！奖品已经放进您的卡包，到店找我，我帮您准备好。",
    ),
    (
        "coupon_ends", "campaign",
        "{name}, one of your coupons ends soon. Would you like me to keep something in your size?",
        "{name}，您有一张优惠券快到期了，需要我按您的尺码先留一件吗？",
    ),
    (
        "size", "service",
        "That size is not in our store, but I can have it sent to you from another one. Shall I?",
        "这个尺码我们店暂时断码，我可以从别的门店给您直接寄到家，需要吗？",
    ),
    (
        "care", "service",
        "A tip for your down jacket: wash cold, a little detergent, dry low with two tennis balls. It keeps its loft.",
        "羽绒服护理小贴士：冷水、少量洗涤剂，低温烘干时放两个网球，蓬松度就回来了。",
    ),
    (
        "thanks", "after_sales",
        "Thank you for coming by, {name}. If anything does not sit right, write to me and I will sort it out.",
        "{name}，谢谢您今天到店。穿着有任何不合适，随时告诉我，我来帮您处理。",
    ),
]  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("store_id", sa.Uuid, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_kind", sa.Text),
        sa.Column("last_sender", sa.Text),
        sa.Column("last_text", sa.Text),
        sa.Column("member_read_seq", sa.Integer, nullable=False),
        sa.Column("staff_read_seq", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "id", name="conversation_pkey"),
        sa.UniqueConstraint("member_id", "kind", name="conversation_member_id_kind_key"),
    )
    op.create_index("conversation_staff_id_last_at_idx", "conversation", ["staff_id", "last_at", "id"])
    place("conversation", MEMBER)

    op.create_table(
        "message",
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("sender_kind", sa.Text, nullable=False),
        sa.Column("sender_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "conversation_id", "seq", name="message_pkey"),
        sa.UniqueConstraint(
            "member_id",
            "conversation_id",
            "client_id",
            name="message_member_id_conversation_id_client_id_key",
        ),
    )
    place("message", MEMBER)
    op.execute(POST_BATCH)

    talk_script = op.create_table(
        "talk_script",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("text", JSONB, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )
    place("talk_script", REFERENCE)
    op.bulk_insert(
        talk_script,
        [
            {"code": code, "occasion": occasion, "text": {"en": en, "zh": zh}, "position": position}
            for position, (code, occasion, en, zh) in enumerate(TALK_SCRIPTS, start=1)
        ],
    )
