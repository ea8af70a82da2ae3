"""AI Director: cuts a filmed conversation to whoever holds the floor, says why, and records everything."""

__version__ = "0.1.0"
