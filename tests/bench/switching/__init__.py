"""Is the right person on air? Makes shows of which it is known who holds the floor, has them cut, scores the cuts.

Stands on its own: voices, who speaks when, rooms, scorer and goals are here; the program is only called as a command.
"""
