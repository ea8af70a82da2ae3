"""Edits as files that editors open, with every cut still movable, and an edited file back as an edit.

One model (`model`), filled from a session (`gather`), and a module for every format, each of which makes text of it.
Must never open, decode or change a recording.
"""
