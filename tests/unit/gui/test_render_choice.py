"""What is asked of the renderer: choices that are kept, and the jobs they make."""

from pathlib import Path

import pytest

from director_app.core.styles import Style
from director_app.gui.models.render_choice import (
    OFFERED,
    RecutChoice,
    RenderChoice,
    recut_order,
    size_words,
    sizes,
)
from director_app.gui.models.settings import SettingsFile
from director_app.post.choices import Takes
from director_app.post.jobs.order import Cards, Make, Names
from director_app.post.render.order import LoudnessTarget
from director_app.session.manifest import CanvasPart
from tests.helpers.past import manifest

FOLDER = Path("/s/a").absolute()


def test_without_a_choice_master_and_highlights_are_made_as_loud_as_the_web_wants_it() -> None:
    order = RenderChoice().order(FOLDER, manifest(), RenderChoice().makes())
    assert order.session == str(FOLDER) and order.make == (Make.MASTER, Make.HIGHLIGHTS)
    assert (order.loudness, order.size) == (LoudnessTarget.TALK, None)


def test_what_was_chosen_is_kept_and_what_a_newer_version_chose_is_passed_over(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(render=RenderChoice(make=("hologram", "cameras", "master"), loudness="whisper", height=720))
    settings.settle()
    kept = SettingsFile(tmp_path / "settings.json").now.render
    assert kept.makes() == (Make.MASTER, Make.CAMERAS)
    assert kept.target() is LoudnessTarget.TALK
    assert kept.size(manifest()) == (1280, 720)


def test_names_and_cards_are_ordered_where_they_are_known() -> None:
    order = RenderChoice(names="on", cards="titles").order(FOLDER, manifest(), (Make.HIGHLIGHTS,))
    assert (order.lower_thirds, order.cards) == (Names.ON, Cards.TITLES)
    order = RenderChoice(names="in gold", cards="of paper").order(FOLDER, manifest(), (Make.HIGHLIGHTS,))
    assert (order.lower_thirds, order.cards) == (Names.SHOW, Cards.NONE)


def test_sizes_are_never_larger_than_the_recording_and_always_even() -> None:
    small = manifest(canvas=CanvasPart(width=1366, height=768, fps=(30, 1)))
    offered = dict(sizes(small))
    assert list(offered) == [None, 720, 540, 360]
    assert all(side % 2 == 0 for size in offered.values() if size is not None for side in size)
    assert RenderChoice(height=1080).size(small) is None
    assert [size_words(small, height) for height in (None, 540)] == ["As recorded, 768p", "540p"]


@pytest.mark.parametrize("make", list(OFFERED))
def test_whatever_is_offered_can_be_ordered(make: Make) -> None:
    assert RenderChoice().order(FOLDER, manifest(), (make,)).make == (make,)


def test_a_recut_has_a_style_leaves_a_camera_out_and_drops_takes() -> None:
    choice = RecutChoice(style=Style.CALM, without="b", takes=Takes.DECIDE, exports=True)
    order = recut_order(FOLDER, manifest(), RenderChoice(loudness="broadcast"), choice)
    assert order.make == (Make.RECUT, Make.TIMELINES) and order.loudness is LoudnessTarget.BROADCAST
    assert (order.recut.style, order.recut.without, order.recut.takes) == (Style.CALM, ("b",), Takes.DECIDE)


def test_a_timeline_that_is_followed_says_everything() -> None:
    choice = RecutChoice(style=Style.CALM, without="b", timeline=FOLDER / "edited.otio")
    recut = recut_order(FOLDER, manifest(), RenderChoice(), choice).recut
    assert (recut.timeline, recut.style, recut.without) == (str(FOLDER / "edited.otio"), None, ())
