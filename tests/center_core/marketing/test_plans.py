"""What is asked on hot paths stays on keys, however many coupons there are."""

from datetime import datetime, timedelta

from sqlalchemy import text

from center_core import marketing
from center_core.kit import Database, Session, uuid7
from tests import make

FILL = text("""
    insert into coupon (member_id, id, template_id, code, state, issued_at, valid_from, valid_until,
                        source_kind, source_id, from_stock)
    select case when i % 1000 = 0 then cast(:owner as uuid) else gen_random_uuid() end, gen_random_uuid(),
           :template, 'FILL' || i, 'issued', :now, :now, cast(:now as timestamptz) + i * interval '1 minute',
           'play', gen_random_uuid(), true
    from generate_series(1, 20000) i
""")
REDEEMED = text("""
    insert into redemption (member_id, id, coupon_id, template_id, store_id, order_number, amount_fen, at)
    select member_id, gen_random_uuid(), id,
           case when member_id = cast(:owner as uuid) then template_id else gen_random_uuid() end,
           :store, code, 100, :now
    from coupon
""")
REDEMPTION_SCANS = text("select seq_scan from pg_stat_xact_user_tables where relname = 'redemption'")
SCANS = text("select seq_scan, seq_tup_read from pg_stat_xact_user_tables where relname = 'coupon'")
BATCH = text("""
    select coupon_issue_batch(:at, :members, :ids, :templates, :codes, :starts, :ends, 'play', :plays)
""")


def issue_a_prize(db: Session, owner: object, template: object, now: datetime) -> None:
    """One prize through the function that the draw calls."""
    row = {"members": [owner], "templates": [template], "starts": [now], "ends": [now + timedelta(days=1)]}
    fresh = {"ids": [uuid7()], "plays": [uuid7()], "codes": [f"PRIZE{uuid7().hex}"]}
    assert db.scalar(BATCH, {"at": now, **row, **fresh}) == 1


def analyze(database: Database) -> None:
    """What autovacuum would do sooner or later."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze coupon, redemption"))


def test_issuing_and_the_wallet_never_read_the_whole_table(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        owner, template = make.member(db), make.template(db)
        issue_a_prize(db, owner.member_id, template.id, now)
    analyze(database)
    with database.transaction() as db:
        # The function's plans are cached by this connection while the table is known to be small: the trap.
        for _ in range(8):
            issue_a_prize(db, owner.member_id, template.id, now)
        db.execute(FILL, {"owner": owner.member_id, "template": template.id, "now": now})
        before = db.execute(SCANS).one()
        issue_a_prize(db, owner.member_id, template.id, now)
        assert db.execute(SCANS).one() == before
    analyze(database)
    with database.transaction() as db:
        assert len(marketing.wallet(db, member_id=owner.member_id, now=now)) == 1 + 8 + 1 + 20
        marketing.past(db, member_id=owner.member_id, now=now)
        marketing.expire_coupons(db, now=now)
        issue_a_prize(db, owner.member_id, template.id, now)
        scans = db.execute(SCANS).one()
        assert (scans.seq_scan, scans.seq_tup_read) == (0, 0)


def test_the_page_of_a_template_reads_its_own_redemptions(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        owner, template, store = make.member(db), make.template(db), make.store(db)
        db.execute(FILL, {"owner": owner.member_id, "template": template.id, "now": now})
        db.execute(REDEEMED, {"owner": owner.member_id, "store": store.id, "now": now})
    analyze(database)
    with database.transaction() as db:
        (tally,) = marketing.issued_and_redeemed(db, template_id=template.id)
        assert (tally.issued, tally.redeemed, tally.amount_fen) == (20_000, 20, 2_000)
        assert db.scalar(REDEMPTION_SCANS) == 0
