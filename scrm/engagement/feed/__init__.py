"""The shop guides' feed: wins, new members and sales, as they happen."""

from .events import FeedPosted
from .models import Feed
from .service import BOUND, JOIN, SALE, WIN, Line, add, forget, of_staff

__all__ = ["BOUND", "JOIN", "SALE", "WIN", "Feed", "FeedPosted", "Line", "add", "forget", "of_staff"]
