"""Work that nobody waits for: events on their way from the outbox to their handlers, and what falls due.

The outbox in PostgreSQL is the truth and the queue in Redis a mere convenience: a queue that is lost, or a
worker that dies in the middle, costs some seconds and nothing else.
"""

from scrm.jobs.deliver import Courier, deliver
from scrm.jobs.queue import OURS, OUTSIDE, EventQueue
from scrm.jobs.relay import Relay
from scrm.jobs.schedule import Periodic, Schedule
from scrm.jobs.worker import work

__all__ = ["OURS", "OUTSIDE", "Courier", "EventQueue", "Periodic", "Relay", "Schedule", "deliver", "work"]
