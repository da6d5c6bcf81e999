"""The start on a bare machine, and what keeps it on its feet."""
