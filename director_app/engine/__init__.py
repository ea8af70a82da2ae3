"""A running show: owns the threads, wires capture to media, starts and stops in one place."""
