"""`python -m tests.supervisor.sleeper VAR GREETING`: begins as our processes do, greets, and waits."""

import sys
import time
from pathlib import Path

from scrm.supervisor.child import begin

begin(Path(sys.argv[1]))
# One write, as our logs have it: processes that share a file may not tear each other's lines.
sys.stdout.write(f"hello from {sys.argv[2]}\n")
sys.stdout.flush()
time.sleep(600)
