"""``draw_batch`` reads of a campaign's plays and prize units only those that it is about.

It looked for a key among all plays of a member, by the index of their numbers, which the planner takes for as good as
that of the keys; and for each winner among all units of the campaign. Both doubled what a play costs. The condition of
the new index holds for every play, but no look-up by a key implies it.
"""

from pathlib import Path

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    # Built beside the plays that go on meanwhile, which knows no transaction; what an interrupted one left is of no use.
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists play_member_id_campaign_id_n_idx")
        op.execute(
            "create unique index concurrently play_member_id_campaign_id_n_idx "
            "on play (member_id, campaign_id, n) where n > 0"
        )
    op.execute("alter table play drop constraint play_member_id_campaign_id_n_key")
    op.execute((Path(__file__).parent / "0026_draw_batch.sql").read_text())
