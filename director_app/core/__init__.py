"""Decides. Pure: events in, decisions out; no I/O, clock, thread, numpy or logging may enter here."""
