"""Frames and packets between the sources and the files. Knows nothing of who should be on air."""
