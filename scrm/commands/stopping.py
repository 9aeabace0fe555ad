"""A flag that SIGTERM and SIGINT raise, for processes that end between two pieces of work."""

import signal
from threading import Event as Flag


def stop_flag() -> Flag:
    flag = Flag()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: flag.set())
    return flag
