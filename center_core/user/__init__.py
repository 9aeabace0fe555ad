"""The user centre: staff: who they are, what they may do and where, and the audit log."""
