"""Guides' notes on members."""

from .models import Note
from .service import MAX_NOTE, forget, notes_of, write

__all__ = ["MAX_NOTE", "Note", "forget", "notes_of", "write"]
