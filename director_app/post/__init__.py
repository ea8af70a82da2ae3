"""After the show: recover, check, overview. Works on a session folder that nobody is writing."""
