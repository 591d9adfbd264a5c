"""The event types, one file each."""
