"""Tables of the user centre: staff, what they are granted where, counted sign-in failures, the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import LOCAL, REFERENCE, Base, family


class Staff(Base):
    """A person who works for the brand, at headquarters (no home store) or in a store."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("login"),
        Index(None, "store_id"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Text)
    name: Mapped[dict[str, Any]]
    title: Mapped[dict[str, Any]]
    phone: Mapped[str | None] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean)
    locale: Mapped[str] = mapped_column(Text)
    store_id: Mapped[UUID | None] = mapped_column(ForeignKey("store.id"))


class RoleGrant(Base):
    """A role, and where it counts: in the whole brand, one region, or one store."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("staff_id", "role", "scope", "scope_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("scope in ('brand', 'region', 'store')", name="scope"),
        CheckConstraint("(scope = 'brand') = (scope_id is null)", name="scope_id"),
        Index("role_grant_scope_id_idx", "scope_id", postgresql_where=text("scope_id is not null")),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    scope_id: Mapped[UUID | None]


class SignInAttempt(Base):
    """Failures counted against one login (``login:wang.li``) or one address (``ip:10.0.0.7``) in a window."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = {"info": family(LOCAL)}

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]


class Audit(Base):
    """Who did what to which thing. A trigger refuses to change or delete a row."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "subject", "id"),
        Index(None, "actor_id", "id"),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(Text)
    ip: Mapped[str | None] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]]
