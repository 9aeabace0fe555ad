"""All tables of engagement, for Alembic and for tests."""

from scrm.engagement.conversation.models import Conversation, Message, TalkScript
from scrm.engagement.feed.models import Feed
from scrm.engagement.insight.models import SavedView
from scrm.engagement.note.models import Note

__all__ = ["Conversation", "Feed", "Message", "Note", "SavedView", "TalkScript"]
