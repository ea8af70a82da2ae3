"""Sound on the program clock: drift, gaps, mix, AAC and FLAC. Knows nothing of devices or of who speaks."""
