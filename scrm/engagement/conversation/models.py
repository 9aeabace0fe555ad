"""A member's conversation with their shop guide, its messages, and the guides' talk scripts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import MEMBER, REFERENCE, Base, family

from .compose import as_told

GUIDE = "guide"
"""The kind of conversation between a member and the guide they are bound to."""


class Conversation(Base):
    """One for each member and kind; it is handed over, not opened again, when the guide changes.

    ``last_seq`` is the number of its newest message, ``*_read_seq`` how far each side has read. A side that
    writes has read: so ``last_seq - staff_read_seq`` is what waits for the guide.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("member_id", "kind"),
        Index("conversation_staff_id_last_at_idx", "staff_id", "last_at", "id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[UUID]
    store_id: Mapped[UUID]
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[datetime]
    last_kind: Mapped[str | None] = mapped_column(Text)
    last_sender: Mapped[str | None] = mapped_column(Text)
    last_text: Mapped[str | None] = mapped_column(Text)
    member_read_seq: Mapped[int] = mapped_column(Integer, default=0)
    staff_read_seq: Mapped[int] = mapped_column(Integer, default=0)
    opened_at: Mapped[datetime]

    @property
    def waiting_for_staff(self) -> int:
        """How many messages the guide has not read."""
        return self.last_seq - self.staff_read_seq

    @property
    def waiting_for_member(self) -> int:
        """How many messages the member has not read."""
        return self.last_seq - self.member_read_seq


class Message(Base):
    """One message; ``seq`` counts from 1 without gaps. Never changed; deleted only when the
    member asks to be forgotten.

    ``client_id`` is made by the phone that writes, so that the same message sent twice is stored once.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("member_id", "conversation_id", "client_id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    client_id: Mapped[UUID]
    sender_kind: Mapped[str] = mapped_column(Text)
    sender_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]

    def as_told(self) -> dict[str, Any]:
        """The message as phones get it, over a socket or over HTTP."""
        return as_told(
            self.conversation_id,
            seq=self.seq,
            client_id=self.client_id,
            sender_kind=self.sender_kind,
            kind=self.kind,
            body=self.body,
            sent_at=self.sent_at,
        )


class TalkScript(Base):
    """A ready-made sentence that guides send or change first; ``{name}`` becomes the member's name."""

    __tablename__ = "talk_script"
    __table_args__ = {"info": family(REFERENCE)}

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    occasion: Mapped[str] = mapped_column(Text)
    text: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(Integer)
