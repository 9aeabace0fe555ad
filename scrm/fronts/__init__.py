"""All HTTP and Socket.IO code: one folder for each kind of user."""
