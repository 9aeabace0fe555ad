"""Guides who leave and come back: their former members are found, their feeds tell of many at once, and nobody posts
whose access or membership has ended.
"""

from alembic import op

revision = "0021"
down_revision = "0020"

POST_BATCH = """
create or replace function message_post_batch(
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
  outside uuid[];
begin
  -- Of those who write: who has left, and whose membership rests or has ended. Read once, since it is hardly ever anybody.
  outside := array(select s.id from staff s where s.id = any(sender_ids) and not s.active)
    || array(select m.member_id from member m where m.member_id = any(sender_ids) and m.status <> 'active');
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
    elsif sender_ids[i] = any(outside) then
      refused := 'signed_out';
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


def upgrade() -> None:
    op.execute("create index binding_former_idx on binding (staff_id, member_id) where until is not null")
    op.execute("alter table feed alter column member_id drop not null")
    op.execute(POST_BATCH)
