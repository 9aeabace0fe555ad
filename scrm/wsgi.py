"""The WSGI callable of one worker process."""

import gc
import os

from scrm.app import create_app
from scrm.environment import complete_environment
from scrm.supervisor.child import end_with_parent

if "SCRM_PROCESS" in os.environ:
    end_with_parent()
complete_environment()
app = create_app()

# What is there now lives as long as the process: the collector need never look at it again.
gc.collect()
gc.freeze()
