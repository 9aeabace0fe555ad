"""Guides' notes on members."""

from .models import Note
from .service import MAX_NOTE, notes_of, write

__all__ = ["MAX_NOTE", "Note", "notes_of", "write"]
