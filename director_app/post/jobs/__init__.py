"""Work after the show, as jobs: what is asked for is a file, and so is the answer.

A job makes films, sound and pictures of one session, one after the other; what is complete is not made again.
"""
