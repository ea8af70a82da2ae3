"""The session folder: manifest, event log, lock, library of past sessions. Never touches pictures or sound."""
