"""The commands of `scrm`; each module has one, called `command`."""
