"""The page Set up: cameras, microphones with the sound check, the show's settings, show files."""
