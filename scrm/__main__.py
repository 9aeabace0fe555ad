"""`python -m scrm`: the same as the command `scrm`, for where it is not on the PATH."""

from scrm.cli import main

main()
