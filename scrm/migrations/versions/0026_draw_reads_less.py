"""``draw_batch`` reads of a campaign's plays and prize units only those that it is about.

It looked for a key among all plays of a member, by the index of their numbers, which the planner takes for as good as
that of the keys; and for each winner among all units of the campaign. Both doubled what a play costs. The condition of
the new index holds for every play, but no look-up by a key implies it.
"""

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0026"
down_revision = "0025"

IS_WHOLE = (
    "select indisvalid from pg_index where indexrelid = to_regclass('play_member_id_campaign_id_n_idx')"
)


def upgrade() -> None:
    # Built beside the plays that go on meanwhile, which knows no transaction. What an interrupted one left is of no use; but
    # one that is whole need not be built again, because the table was in use afterwards.
    if not op.get_bind().scalar(text(IS_WHOLE)):
        with op.get_context().autocommit_block():
            op.execute("drop index concurrently if exists play_member_id_campaign_id_n_idx")
            op.execute(
                "create unique index concurrently play_member_id_campaign_id_n_idx "
                "on play (member_id, campaign_id, n) where n > 0"
            )
    op.execute("alter table play drop constraint play_member_id_campaign_id_n_key")
    op.execute((Path(__file__).parent / "0026_draw_batch.sql").read_text())
