"""Insight: how headquarters looks at its lists; so far the views that people saved for themselves."""

from .models import SavedView
from .saved_view import forget_view, save_view, saved_views

__all__ = ["SavedView", "forget_view", "save_view", "saved_views"]
