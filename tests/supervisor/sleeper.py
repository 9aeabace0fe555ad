"""`python -m tests.supervisor.sleeper VAR GREETING`: begins as our processes do, greets, and waits."""

import sys
import time
from pathlib import Path

from scrm.supervisor.child import begin

begin(Path(sys.argv[1]))
print("hello from", sys.argv[2], flush=True)
time.sleep(600)
