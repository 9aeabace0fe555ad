"""Guides' notes on members."""

from .models import Note
from .service import MAX_NOTE, SHOWN, forget, notes_of, take_back, write

__all__ = ["MAX_NOTE", "SHOWN", "Note", "forget", "notes_of", "take_back", "write"]
