"""Live duels: two members play the same seed at the same time, and each sees the other's progress.

The truth is in the tables: a phone that lost its connection looks again and finds everything there. Sockets and the
event ``DuelChanged`` only say that there is something new to look at.
"""

from .events import DuelChanged
from .meeting import accept, invite, leave, match, ready, rematch, still_here
from .relay import BATCH_EVENTS, Batch, batches, relay
from .verdict import Look, Seat, duel_of, finish, host, look, marker, settle_late

__all__ = [
    "BATCH_EVENTS", "Batch", "DuelChanged", "Look", "Seat", "accept", "batches", "duel_of", "finish", "host",
    "invite", "leave", "look", "marker", "match", "ready", "relay", "rematch", "settle_late", "still_here",
]  # fmt: skip
