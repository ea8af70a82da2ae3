"""The page of past sessions: list, one session in detail, what can be done with it."""
