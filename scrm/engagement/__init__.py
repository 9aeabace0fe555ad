"""The domains of the SCRM itself, above the shared centres: conversation, feed, note."""
