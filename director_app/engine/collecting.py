"""Python's search for garbage: not while a show is recorded, if it can be helped.

A full search stops every thread for about a frame (measured: 28 ms with a desk open), cameras and clock too, and each
camera repeats a picture. What there is before the show is therefore left out of searches until the show has ended.
"""

import gc


def leave_alone() -> None:
    """Before slot 0: clears up, and later searches look only at what is made from now on."""
    gc.collect()
    gc.freeze()


def clear_up() -> None:
    """After a show. PyAV's containers and streams hold each other: encoders with their threads, some 30 MB a
    recording, would stay until Python happens to search.
    """
    gc.unfreeze()
    gc.collect()
