"""Who holds a tier, and who has none, is found without reading all members."""

from alembic import op
from sqlalchemy import text

revision = "0027"
down_revision = "0026"

IS_WHOLE = "select indisvalid from pg_index where indexrelid = to_regclass('member_tier_kind_idx')"


def upgrade() -> None:
    # Built beside those who join meanwhile, as in 0026; what an interrupted one left is of no use.
    if not op.get_bind().scalar(text(IS_WHOLE)):
        with op.get_context().autocommit_block():
            op.execute("drop index concurrently if exists member_tier_kind_idx")
            op.execute("create index concurrently member_tier_kind_idx on member (tier, kind)")
