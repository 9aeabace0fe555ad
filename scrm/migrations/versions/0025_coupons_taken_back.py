"""A coupon that was taken back no longer counts as issued, and a template's redemptions are found by an index."""

from alembic import op

revision = "0025"
down_revision = "0024"

RECOUNT = (
    """
    update coupon_allowance a set issued = a.issued - taken.coupons
    from (select member_id, template_id, count(*) as coupons
          from coupon where from_stock and state = 'void' group by member_id, template_id) taken
    where a.member_id = taken.member_id and a.template_id = taken.template_id
    """,
    """
    update coupon_stock s set left_over = s.left_over + taken.coupons
    from (select template_id, count(*) as coupons
          from coupon where from_stock and state = 'void' group by template_id) taken
    where s.template_id = taken.template_id
    """,
)


def upgrade() -> None:
    # Known to Citus, and no more than a name to a plain PostgreSQL.
    op.execute("set local citus.multi_shard_modify_mode = 'sequential'")
    for statement in RECOUNT:
        op.execute(statement)
    op.execute("create index redemption_template_id_idx on redemption (template_id)")
