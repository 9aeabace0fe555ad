-- Decides a whole batch of plays of one campaign, in the caller's transaction.
--
-- Play i is asked for by members[i] under keys[i]; its number numbers[i] fell on the prize drawn[i]. ids[i] is
-- its id if it is new, codes[i] the code of its coupon if it wins one. Keys repeated within a batch are the
-- caller's to fold. On any error the whole batch is called again: keys that were decided are then replayed.
--
-- rules:  revision, version, play_limit, day_limit, free, free_per_day, open (anybody may take part unasked),
--         by_moment, fallback (a prize number), final (the draw at the end: no entry, limits or chances)
-- prizes: for each prize no, kind, template_id, points, valid_from, valid_until (of its coupon)
--
-- Returns one row for each play: o is i; verdict is drawn, replayed, or why it was refused (not_active,
-- not_entered, play_limit, play_day_limit, no_chance), with the chances that the member has left. If the
-- campaign's revision is not the caller's, it returns the one row (0, 'stale') and writes nothing.
--
-- The shape - two look-ups by member into arrays, decide over arrays, one INSERT ... SELECT unnest for each
-- table - is what runs on Citus. Sequential scans are off because plans are kept for the life of a connection,
-- perhaps from a time when the tables were empty. For the same reason no table is joined or filtered in a way that
-- reads more than is asked for when the planner knows nothing.
create or replace function draw_batch(
  campaign uuid, at timestamptz, today date, rules jsonb, prizes jsonb, event_id uuid,
  members uuid[], keys text[], numbers bigint[], drawn int[], ids uuid[], codes text[]
) returns table (o int, verdict text, play_id uuid, prize_no int, unit_no int, n int, chances int)
language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  play_limit constant int := rules ->> 'play_limit';
  day_limit constant int := rules ->> 'day_limit';
  free constant int := rules ->> 'free';
  free_per_day constant int := rules ->> 'free_per_day';
  anybody constant boolean := rules ->> 'open';
  by_moment constant boolean := rules ->> 'by_moment';
  fallback constant int := rules ->> 'fallback';
  final constant boolean := rules ->> 'final';

  active uuid[];
  old_m uuid[]; old_k text[]; old_i uuid[]; old_p int[]; old_u int[]; old_n int[];
  in_m uuid[]; in_plays int[]; in_day int[]; in_pool int[]; in_spent int[];
  stock_p int[]; stock_left int[]; stock_won int[];
  released_p int[]; released_u int[];

  new_o bigint[]; new_m uuid[]; new_k text[]; new_number bigint[]; new_drawn int[]; new_i uuid[]; new_c text[];
  new_p int[]; new_u int[]; new_left int[]; new_n int[]; new_day int[]; new_spent int[]; new_chances int[];
  joins int;
  no_o bigint[]; no_verdict text[]; no_chances int[];
  again_o bigint[]; again_i uuid[]; again_p int[]; again_u int[]; again_n int[]; again_chances int[];

  won_m uuid[]; won_i uuid[]; won_c text[]; won_t uuid[]; won_from timestamptz[]; won_until timestamptz[];
  won_points int[];
  prize record; found int;
begin
  -- A single writer for each campaign: nothing below races, and calls that wait become the next batch.
  perform pg_advisory_xact_lock(hashtextextended(campaign::text, 7001));
  if not exists (select from campaign c where c.id = campaign and c.revision = (rules ->> 'revision')::int) then
    return query select 0, 'stale', null::uuid, null::int, null::int, null::int, null::int;
    return;
  end if;

  active := members_active(members);
  select array_agg(p.member_id), array_agg(p.idempotency_key), array_agg(p.id), array_agg(p.prize_no),
         array_agg(p.unit_no), array_agg(p.n)
    into old_m, old_k, old_i, old_p, old_u, old_n
    from play p
   where p.member_id = any (members) and p.campaign_id = campaign and p.idempotency_key = any (keys);
  select array_agg(p.member_id), array_agg(p.plays), array_agg(case when p.day = today then p.day_plays else 0 end),
         array_agg(free + p.granted - p.spent), array_agg(p.spent)
    into in_m, in_plays, in_day, in_pool, in_spent
    from participation p
   where p.member_id = any (members) and p.campaign_id = campaign;

  select array_agg(s.prize_no), array_agg(s.left_over), array_agg(s.won) into stock_p, stock_left, stock_won
    from prize_stock s
   where s.campaign_id = campaign;
  if by_moment then
    select array_agg(r.prize_no order by r.release_at, r.prize_no, r.unit_no),
           array_agg(r.unit_no order by r.release_at, r.prize_no, r.unit_no)
      into released_p, released_u
      from prize_stock s
      cross join lateral (
        select u.prize_no, u.unit_no, u.release_at from prize_unit u
         where u.campaign_id = campaign and u.prize_no = s.prize_no
           and u.unit_no between s.won + 1 and s.won + cardinality(members) and u.release_at <= at
      ) r
     where s.campaign_id = campaign and s.left_over > 0;
  end if;

  with asked as materialized (
    select a.o, a.m, a.k, a.number, a.d, a.i, a.c, r.i as old_i, r.p as old_p, r.u as old_u, r.n as old_n,
           v.m is not null as active, p.m is not null as joined, coalesce(p.plays, 0) as plays,
           coalesce(p.day, 0) as day_plays, coalesce(p.pool, free) as pool, coalesce(p.spent, 0) as spent,
           greatest(0, free_per_day - coalesce(p.day, 0)) as daily,
           row_number() over (partition by a.m, r.i is null order by a.o)::int as turn
      from unnest(members, keys, numbers, drawn, ids, codes) with ordinality as a (m, k, number, d, i, c, o)
      left join unnest(old_m, old_k, old_i, old_p, old_u, old_n) as r (m, k, i, p, u, n) on r.m = a.m and r.k = a.k
      left join unnest(in_m, in_plays, in_day, in_pool, in_spent) as p (m, plays, day, pool, spent) on p.m = a.m
      left join unnest(active) as v (m) on v.m = a.m
  ), judged as materialized (
    select *,
           case when old_i is not null then 'replayed'
                when final then 'drawn'
                when not active then 'not_active'
                when not joined and not anybody then 'not_entered'
                when plays + turn > play_limit then 'play_limit'
                when day_plays + turn > day_limit then 'play_day_limit'
                when turn - daily > pool then 'no_chance'
                else 'drawn' end as verdict
      from asked
  ), allowed as materialized (
    select *, row_number() over (order by o) as k_of_all, row_number() over (partition by d order by o) as k_of_prize
      from judged where verdict = 'drawn'
  ), decided as materialized (
    select a.*, s.left_over is null or a.k_of_prize <= s.left_over as in_stock, s.left_over, s.won as won_before,
           f.p as released_p, f.u as released_u,
           case when final then 0 else greatest(0, a.turn - a.daily) end as from_pool
      from allowed a
      left join unnest(stock_p, stock_left, stock_won) as s (p, left_over, won) on s.p = a.d
      left join unnest(released_p, released_u) with ordinality as f (p, u, k) on f.k = a.k_of_all
  ), new as (
    select array_agg(o) as o, array_agg(m) as m, array_agg(k) as k, array_agg(number) as number, array_agg(d) as d,
           array_agg(i) as i, array_agg(c) as c,
           array_agg(case when released_p is not null then released_p when in_stock then d else fallback end) as p,
           array_agg(case when released_p is not null then released_u
                          when in_stock and left_over is not null then won_before + k_of_prize::int end) as u,
           array_agg(case when left_over is not null then greatest(0, left_over - k_of_prize::int + 1) end) as left_over,
           array_agg(plays + turn) as n, array_agg(day_plays + turn) as day, array_agg(spent + from_pool) as spent,
           array_agg(least(play_limit - plays - turn, day_limit - day_plays - turn,
                           greatest(0, daily - turn) + pool - from_pool)) as chances,
           count(distinct m) filter (where not joined) as joins
      from decided
  ), refused as (
    select array_agg(o) as o, array_agg(verdict) as verdict,
           array_agg(greatest(0, least(play_limit - plays, day_limit - day_plays, daily + pool))) as chances
      from judged where verdict not in ('drawn', 'replayed')
  ), again as (
    select array_agg(o) as o, array_agg(old_i) as i, array_agg(old_p) as p, array_agg(old_u) as u,
           array_agg(old_n) as n,
           array_agg(greatest(0, least(play_limit - plays, day_limit - day_plays, daily + pool))) as chances
      from judged where verdict = 'replayed'
  )
  select new.o, new.m, new.k, new.number, new.d, new.i, new.c, new.p, new.u, new.left_over, new.n, new.day, new.spent,
         new.chances, new.joins, refused.o, refused.verdict, refused.chances,
         again.o, again.i, again.p, again.u, again.n, again.chances
    into new_o, new_m, new_k, new_number, new_drawn, new_i, new_c, new_p, new_u, new_left, new_n, new_day, new_spent,
         new_chances, joins, no_o, no_verdict, no_chances,
         again_o, again_i, again_p, again_u, again_n, again_chances
    from new, refused, again;

  if new_o is not null then
    update prize_stock s set left_over = s.left_over - w.taken, won = s.won + w.taken
      from (select p, count(*)::int as taken from unnest(new_p) as t (p) group by p) w
     where s.campaign_id = campaign and s.prize_no = w.p;
    get diagnostics found = row_count;
    if found <> (select count(distinct p) from unnest(new_p) as t (p)) then
      raise exception 'a prize without stock was drawn';
    end if;

    -- Units are won in the order of their numbers, so those of one prize are a range of its key. A join with the winners
    -- would read every unit of the campaign for each of them.
    for prize in
      select p as no, min(u) as first, array_agg(m order by u) as members, array_agg(i order by u) as plays
        from unnest(new_m, new_i, new_p, new_u) as t (m, i, p, u) where u is not null group by p
    loop
      update prize_unit set member_id = prize.members[unit_no - prize.first + 1],
                            play_id = prize.plays[unit_no - prize.first + 1], won_at = at
       where campaign_id = campaign and prize_no = prize.no and play_id is null
         and unit_no between prize.first and prize.first + cardinality(prize.members) - 1;
      get diagnostics found = row_count;
      if found <> cardinality(prize.members) then
        raise exception 'a prize unit was won twice';
      end if;
    end loop;

    insert into play (member_id, id, campaign_id, idempotency_key, n, day, version, number, drawn_no, left_over,
                      prize_no, unit_no, played_at)
    select m, i, campaign, k, n, today, (rules ->> 'version')::int, number, d, l, p, u, at
      from unnest(new_m, new_i, new_k, new_n, new_number, new_drawn, new_left, new_p, new_u)
        as t (m, i, k, n, number, d, l, p, u);

    -- A member's last play of the batch carries the totals. Grants of chances may be committed meanwhile: that
    -- column is left alone.
    insert into participation (member_id, campaign_id, joined_at, plays, day, day_plays, spent)
    select m, campaign, at, max(n), today, max(d), max(s)
      from unnest(new_m, new_n, new_day, new_spent) as t (m, n, d, s) group by m order by m
    on conflict (member_id, campaign_id) do update
       set plays = excluded.plays, day = excluded.day, day_plays = excluded.day_plays, spent = excluded.spent;

    insert into award (member_id, id, campaign_id, prize_no, unit_no, kind, template_id, points, awarded_at)
    select m, i, campaign, p, u, z.kind, z.template_id, z.points, at
      from unnest(new_m, new_i, new_p, new_u) as t (m, i, p, u)
      join jsonb_to_recordset(prizes) as z (no int, kind text, template_id uuid, points int) on z.no = p
     where z.kind <> 'none';

    select array_agg(m), array_agg(i), array_agg(c), array_agg(z.template_id), array_agg(z.valid_from),
           array_agg(z.valid_until)
      into won_m, won_i, won_c, won_t, won_from, won_until
      from unnest(new_m, new_i, new_p, new_c) as t (m, i, p, c)
      join jsonb_to_recordset(prizes)
        as z (no int, template_id uuid, valid_from timestamptz, valid_until timestamptz) on z.no = p
     where z.template_id is not null;
    if won_m is not null then
      perform coupon_issue_batch(at, won_m, won_i, won_t, won_c, won_from, won_until, 'play', won_i, campaign);
    end if;

    select array_agg(m), array_agg(i), array_agg(z.points) into won_m, won_i, won_points
      from unnest(new_m, new_i, new_p) as t (m, i, p)
      join jsonb_to_recordset(prizes) as z (no int, points int) on z.no = p
     where z.points > 0;
    if won_m is not null then
      perform points_earn_batch(at, won_m, won_i, won_points, 'play', won_i);
    end if;

    insert into traffic as t (campaign_id, hour, joins, plays, wins)
    values (campaign, date_trunc('hour', at), joins, cardinality(new_o),
            (select count(*) from unnest(new_p) as w (p) where p <> fallback))
    on conflict (campaign_id, hour) do update
       set joins = t.joins + excluded.joins, plays = t.plays + excluded.plays, wins = t.wins + excluded.wins;

    insert into outbox (id, name, body, occurred_at)
    values (event_id, 'PlaysDecided',
            jsonb_build_object('campaign_id', campaign, 'plays', (
              select jsonb_agg(jsonb_build_array(i, m, p)) from unnest(new_i, new_m, new_p) as t (i, m, p))),
            at);
    perform pg_notify('outbox', '');
  end if;

  return query
    select t.o::int, 'drawn', t.i, t.p, t.u, t.n, t.c
      from unnest(new_o, new_i, new_p, new_u, new_n, new_chances) as t (o, i, p, u, n, c)
    union all
    select t.o::int, 'replayed', t.i, t.p, t.u, t.n, t.c
      from unnest(again_o, again_i, again_p, again_u, again_n, again_chances) as t (o, i, p, u, n, c)
    union all
    select t.o::int, t.v, null, null, null, null, t.c
      from unnest(no_o, no_verdict, no_chances) as t (o, v, c);
end $$;
