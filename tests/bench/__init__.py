"""Measurements against the goals: each row is a figure with its conditions, never a test that can fail by time."""
