"""Highlights of a past session as cards."""

from pathlib import Path

from director_app.engine.past_clips import PastClip
from director_app.gui.models.session_clips import clip_rows, clips_summary

BEST = PastClip(1, "Who pays\nfor shade", "Two people.", 1160.0, 1286.0, Path("/s/highlight_2.mp4"))
SHORT = PastClip(2, "Opening", "", 10.0, 14.0)


def test_a_card_says_rank_title_time_and_length_and_whether_it_is_a_film() -> None:
    best, short = clip_rows([BEST, SHORT])
    assert best.spoken == "1, Who pays for shade, at 19:20, 2:06 long, has a film"
    assert short.spoken == "2, Opening, at 0:10, 0:04 long, no film of its own"


def test_the_picture_of_a_card_is_taken_within_its_clip() -> None:
    assert [row.picture_s for row in clip_rows([BEST, SHORT])] == [1163.0, 12.0]


def test_what_was_found_is_summed_up() -> None:
    assert clips_summary([BEST, SHORT]) == "2 found, best first, 2:10 together"
    assert clips_summary([SHORT]) == "1 found, 0:04 long"
