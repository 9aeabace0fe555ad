"""Socket.IO: conversations and the guides' feed, live, in processes of their own.

``server`` must be imported before psycopg; everything else here may be imported by anybody.
"""
