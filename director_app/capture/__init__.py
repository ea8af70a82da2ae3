"""What comes in: one module per kind of camera and microphone. Never decides, encodes or writes files."""
