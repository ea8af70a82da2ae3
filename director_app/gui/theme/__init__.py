"""Colours, type, icons and the style sheet: the one place where the look is said."""
