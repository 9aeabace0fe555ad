"""Conversations between members and their shop guides: numbered, stored before told, never doubled."""

from .compose import (
    COUPON,
    GAME,
    MAX_TEXT,
    NOBODY,
    SYSTEM,
    TEXT,
    Draft,
    Posted,
    Sender,
    notice,
    preview,
    written,
)
from .doctor import check
from .events import ConversationHandedOver, MessagePosted
from .handover import hand_all_over, hand_over
from .models import Conversation, Message, TalkScript
from .service import (
    PAGE,
    before,
    conversation,
    coupons_sent,
    forget,
    mark_read,
    of_member,
    of_staff,
    open_with_guide,
    post,
    post_batch,
    since,
    talk_scripts,
    waiting_for,
)

__all__ = [
    "COUPON", "GAME", "MAX_TEXT", "NOBODY", "PAGE", "SYSTEM", "TEXT", "Conversation", "ConversationHandedOver", "Draft",
    "Message", "MessagePosted", "Posted", "Sender", "TalkScript", "before", "check", "conversation", "coupons_sent",
    "forget", "hand_all_over", "hand_over", "mark_read", "notice", "of_member", "of_staff", "open_with_guide", "post",
    "post_batch", "preview", "since", "talk_scripts", "waiting_for", "written",
]  # fmt: skip
