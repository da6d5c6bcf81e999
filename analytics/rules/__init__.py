"""How foreign values are understood, and how what was paid is shared out: pure functions."""
