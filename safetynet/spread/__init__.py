"""Items over dated edges; nothing here knows about children or concerns."""
