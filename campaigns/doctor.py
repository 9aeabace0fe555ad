"""What must hold in every campaign, recomputed from the rows: ``scrm doctor`` prints what does not."""

from collections.abc import Iterator

from sqlalchemy import select

from center_core.kit import Finding, Session, breaches

from .models import Campaign, Play
from .picture import NAMED
from .receipt import receipt, receipt_code, verify

# Each query returns (subject, detail) of what is wrong. Plays are looked at as a whole: run it at a quiet hour.
RULES = {
    "prize_oversold": """
        select s.campaign_id || ' prize ' || s.prize_no,
               'won ' || s.won || ' and left ' || s.left_over || ' of ' || count(u.unit_no) || ' units'
          from prize_stock s left join prize_unit u using (campaign_id, prize_no)
         where s.left_over is not null
         group by s.campaign_id, s.prize_no, s.won, s.left_over
        having s.won + s.left_over <> count(u.unit_no) or s.won <> count(u.play_id)
    """,
    "prize_won_differs": """
        select s.campaign_id || ' prize ' || s.prize_no, 'stock says ' || s.won || ' won, plays say ' || count(p.id)
          from prize_stock s left join play p on p.campaign_id = s.campaign_id and p.prize_no = s.prize_no
         group by s.campaign_id, s.prize_no, s.won having s.won <> count(p.id)
    """,
    "unit_without_its_play": """
        select u.campaign_id || ' prize ' || u.prize_no || ' unit ' || u.unit_no, 'play ' || u.play_id || ' differs'
          from prize_unit u
          left join play p on p.member_id = u.member_id and p.id = u.play_id
         where u.play_id is not null
           and (p.id is null or (p.campaign_id, p.prize_no, p.unit_no)
                                is distinct from (u.campaign_id, u.prize_no, u.unit_no))
    """,
    "plays_not_numbered": """
        select campaign_id || ' member ' || member_id, count(*) || ' plays, numbered up to ' || max(n)
          from play group by campaign_id, member_id having max(n) <> count(*) or min(n) <> 1
    """,
    "participation_differs": """
        select p.campaign_id || ' member ' || p.member_id, 'counted ' || p.plays || ' plays, there are ' || count(y.id)
          from participation p left join play y on y.member_id = p.member_id and y.campaign_id = p.campaign_id
         group by p.campaign_id, p.member_id, p.plays having p.plays <> count(y.id)
    """,
    "chances_overspent": """
        select p.campaign_id || ' member ' || p.member_id, 'spent ' || p.spent || ' of ' || p.granted || ' granted'
          from participation p
          join campaign c on c.id = p.campaign_id
          join campaign_version v on v.campaign_id = c.id and v.version = c.version
         where p.spent > p.granted + coalesce((v.definition #>> '{limits,free}')::int, 0)
    """,
    "award_missing": """
        select p.campaign_id || ' play ' || p.id, 'its prize has no award'
          from play p
          join campaign_version v on v.campaign_id = p.campaign_id and v.version = p.version
          join lateral jsonb_to_recordset(v.definition -> 'prizes') as z (no int, kind text) on z.no = p.prize_no
          left join award a on a.member_id = p.member_id and a.id = p.id
         where z.kind <> 'none' and a.id is null
    """,
    "award_not_given": """
        select a.campaign_id || ' award ' || a.id, 'no ' || a.kind || ' was given'
          from award a
         where a.template_id is not null
               and not exists (select from coupon c where c.member_id = a.member_id
                                and c.source_kind = 'play' and c.source_id = a.id)
            or a.points > 0
               and not exists (select from points_posting p where p.member_id = a.member_id
                                and p.source_kind = 'play' and p.source_id = a.id and p.kind = 'earn')
    """,
    "best_score_differs": """
        select p.campaign_id || ' member ' || p.member_id,
               'says ' || p.best_score || ', its round ' || coalesce(g.score, -1)
          from participation p
          left join game_round g on g.member_id = p.member_id and g.id = p.best_round_id
         where p.best_score is not null and (g.score, g.tie) is distinct from (p.best_score, p.best_tie)
    """,
    "day_best_differs": """
        select d.campaign_id || ' member ' || d.member_id || ' on ' || d.day,
               'says ' || d.score || ', its round ' || coalesce(g.score, -1)
          from day_best d left join game_round g on g.member_id = d.member_id and g.id = d.round_id
         where (g.score, g.tie) is distinct from (d.score, d.tie)
    """,
    "round_not_found_by_its_code": """
        select g.campaign_id || ' round ' || g.id, 'its code ' || g.code || ' leads nowhere'
          from game_round g left join round_code c on c.code = g.code
         where g.code is not null and (c.member_id, c.round_id) is distinct from (g.member_id, g.id)
    """,
    "ghost_race_earned": """
        select campaign_id || ' round ' || id, 'a race against a ghost earned ' || chances || ' chances or has a code'
          from game_round where against is not null and (chances > 0 or code is not null)
    """,
    "settlement_overdue": """
        select c.id::text, 'ended at ' || c.updated_at || ' and is not settled'
          from campaign c where c.state = 'ended' and c.updated_at < now() - interval '1 hour'
    """,
    "duel_overdue": """
        select d.campaign_id || ' duel ' || d.id, 'ended at ' || d.ends_at || ' and has no verdict'
          from duel d where d.state = 'running' and d.ends_at < now() - interval '1 hour'
    """,
    "season_overdue": """
        select s.id::text, 'ended at ' || s.ends_at || ' and is not frozen'
          from season s where s.frozen_at is null and s.ends_at < now() - interval '1 hour'
    """,
    "duel_won_without_a_round": """
        select d.campaign_id || ' duel ' || d.id, 'its winner has no counted round'
          from duel d join duel_side s on s.duel_id = d.id and s.no = d.winner
          left join game_round g on g.member_id = s.member_id and g.id = s.round_id
         where (g.state, g.score, g.tie) is distinct from ('scored', s.score, s.tie)
    """,
    "picture_missing": f"""
        select n.campaign_id || ' version ' || n.version, 'its picture ' || n.key || ' is not kept'
          from ({NAMED}) as n left join picture p using (key)
         where n.version is not null and p.key is null
    """,  # noqa: S608 - a constant
    "traffic_differs": """
        select t.campaign_id::text, 'traffic says ' || t.plays || ' plays, there are ' || count(p.id)
          from (select campaign_id, sum(plays) as plays from traffic group by campaign_id) t
          left join play p on p.campaign_id = t.campaign_id
         group by t.campaign_id, t.plays having t.plays <> count(p.id)
    """,
}

RECOMPUTED = 1000
"""How many of each settled campaign's latest plays are drawn again from the revealed seed."""


def check(db: Session) -> Iterator[Finding]:
    """Every rule over every campaign, and the latest receipts of those whose seed is revealed."""
    yield from breaches(db, RULES)
    yield from _receipts(db)


def _receipts(db: Session) -> Iterator[Finding]:
    settled = select(Campaign.id).where(Campaign.revealed_at.is_not(None))
    for campaign_id in db.scalars(settled).all():
        latest = (
            select(Play.member_id, Play.id)
            .where(Play.campaign_id == campaign_id)
            .order_by(Play.id.desc())
            .limit(RECOMPUTED)
        )
        for member_id, play_id in db.execute(latest).all():
            verdict = verify(receipt(db, code=receipt_code(member_id, play_id)))
            if not verdict.fair:
                yield Finding("receipt_differs", f"{campaign_id} play {play_id}", str(verdict))
