"""Where the chapters of a film of clips begin."""

import pytest

from director_app.core.canvas import Slot
from director_app.core.cut_list import cut_list
from director_app.core.edits import parts_of, whole_show, with_leads
from director_app.core.highlights import Clip
from director_app.core.sources import CameraId
from director_app.post.jobs.dressing import clip_chapters

SHOW = whole_show(cut_list(CameraId("a"), [(100, CameraId("b"))]), 400)
CLIPS = [Clip(1, Slot(10), Slot(40), 1.0, "First", ""), Clip(2, Slot(90), Slot(150), 1.0, "Second", "")]


@pytest.mark.parametrize(("lead", "starts"), [(0, [0, 30]), (60, [0, 90])])
def test_a_chapter_begins_with_the_card_of_its_clip(lead: int, starts: list[int]) -> None:
    edit = with_leads(parts_of(SHOW, [(clip.first, clip.end) for clip in CLIPS]), lead)
    chapters = clip_chapters(edit, CLIPS)
    assert [each.frame for each in chapters] == starts
    assert [each.name for each in chapters] == ["First", "Second"]
