"""Reports: what a built database says of one thing, of a list of things, and of its disputes.

The only SQL on the published tables besides the database's own; whatever shows it, a terminal,
a page or a file for programs, reads it here. Nothing is imported here, so that who asks for one
thing waits for no other.
"""
