"""The shop guides' feed: wins, new members and sales as they happen, and what each of them asks for."""

from .events import FeedPosted
from .models import Feed
from .service import BOUND, HANDOVER, JOIN, SALE, WIN, Line, add, forget, of_staff
from .tasks import count_open, counts_since, finish, open_tasks, reopen

__all__ = [
    "BOUND", "HANDOVER", "JOIN", "SALE", "WIN", "Feed", "FeedPosted", "Line", "add", "count_open", "counts_since",
    "finish", "forget", "of_staff", "open_tasks", "reopen",
]  # fmt: skip
