"""One file a version, oldest first; a published one is never changed."""
