"""Who speaks: turns blocks of sound into one evidence record per microphone per 20 ms. Never decides a cut."""
