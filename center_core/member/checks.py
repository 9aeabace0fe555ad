"""What ``scrm doctor`` asks of the member centre: balances recomputed, directory and members compared."""

from collections.abc import Iterator

from sqlalchemy import text

from center_core.kit import Finding, Session

SHOWN = 50


def check(db: Session) -> Iterator[Finding]:
    """Balances are the sums of their postings, no lot is overdrawn, and directory and members agree."""
    for row in db.execute(BALANCES, {"shown": SHOWN}):
        yield Finding(
            "member.points",
            f"member:{row.member_id}",
            f"balance says {row.kept}, postings add up to {row.summed} (available, pending, lifetime)",
        )
    for row in db.execute(LOTS, {"shown": SHOWN}):
        yield Finding("member.lot", f"points_posting:{row.lot_id}", f"{row.amount} is left of a lot")
    for kind, column in (("phone", "phone"), ("card", "number")):
        kept = f"select {column} as value, member_id from member where {column} is not null"  # noqa: S608
        listed = "select value, member_id from identity where kind = :kind"
        for missing, (one, other) in {
            "not in the directory": (kept, listed),
            "not a member's": (listed, kept),
        }.items():
            differing = text(f"{one} except {other} limit :shown")
            for row in db.execute(differing, {"kind": kind, "shown": SHOWN}):
                yield Finding(
                    "member.identity", f"member:{row.member_id}", f"{kind} {row.value} is {missing}"
                )


BALANCES = text("""
    with summed as (
      select member_id, sum(available_change) as available, sum(pending_change) as pending,
             coalesce(sum(available_change + pending_change) filter (where lot_id is not null), 0) as lifetime
        from points_posting group by member_id)
    select member_id,
           (coalesce(b.available, 0), coalesce(b.pending, 0), coalesce(b.lifetime, 0))::text as kept,
           (coalesce(s.available, 0), coalesce(s.pending, 0), coalesce(s.lifetime, 0))::text as summed
      from points_balance b full join summed s using (member_id)
     where coalesce(b.available, 0) <> coalesce(s.available, 0)
        or coalesce(b.pending, 0) <> coalesce(s.pending, 0)
        or coalesce(b.lifetime, 0) <> coalesce(s.lifetime, 0)
     limit :shown
""")

LOTS = text("""
    select lot_id, sum(available_change + pending_change) as amount
      from points_posting where lot_id is not null
     group by member_id, lot_id
    having sum(available_change + pending_change) < 0 or sum(pending_change) < 0
     limit :shown
""")
