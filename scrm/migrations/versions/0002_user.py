"""The tables of user: staff, grants, counted sign-in failures, and the audit log that only grows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from center_core.kit import LOCAL, REFERENCE, place

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("login", sa.Text, nullable=False, unique=True),
        sa.Column("name", JSONB, nullable=False),
        sa.Column("title", JSONB, nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("password_hash", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("store_id", sa.Uuid),
    )
    op.create_index("staff_store_id_idx", "staff", ["store_id"])
    place("staff", REFERENCE)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("staff_id", sa.Uuid, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("scope_id", sa.Uuid),
        sa.UniqueConstraint("staff_id", "role", "scope", "scope_id", postgresql_nulls_not_distinct=True),
        sa.CheckConstraint("scope in ('brand', 'region', 'store')", name="scope"),
        sa.CheckConstraint("(scope = 'brand') = (scope_id is null)", name="scope_id"),
    )
    op.create_index(
        "role_grant_scope_id_idx",
        "role_grant",
        ["scope_id"],
        postgresql_where=sa.text("scope_id is not null"),
    )
    place("role_grant", REFERENCE)

    op.create_table(
        "sign_in_attempt",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    place("sign_in_attempt", LOCAL)

    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Text),
        sa.Column("ip", sa.Text),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", JSONB, nullable=False),
    )
    op.create_index("audit_subject_id_idx", "audit", ["subject", "id"])
    op.create_index("audit_actor_id_id_idx", "audit", ["actor_id", "id"])
    op.execute("""
        create function audit_stays() returns trigger language plpgsql as $$
        begin
          raise exception 'the audit log only grows' using errcode = 'restrict_violation';
        end $$
    """)
    op.execute("""
        create trigger audit_stays before update or delete or truncate on audit
        for each statement execute function audit_stays()
    """)
    place("audit", LOCAL)
