"""What is made of a past session from its page: rendered, cut again, exported, scored, and how that goes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from director_app.core.styles import Style
from director_app.engine.rendering import Rendering, RenderNow, RenderPhase
from director_app.gui.models.rendering import Answer
from director_app.gui.models.sessions import Action
from director_app.post.jobs.order import JobOrder, JobResult, JobState, Make
from director_app.post.jobs.progress import JobProgress
from director_app.session.manifest import DeliveryPart, change_manifest, read_manifest
from tests.helpers.said_rendering import SaidRendering
from tests.helpers.sessions_page import Library, Open, Opened
from tests.helpers.wrecks import wreck_session

pytestmark = pytest.mark.computes


@pytest.fixture
def real(library: Library) -> Iterator[Rendering]:
    """Renders in a child, as the app's own."""
    rendering = Rendering(library.folder, lambda: False)
    rendering.start()
    yield rendering
    rendering.close()


@pytest.fixture
def said(library: Library) -> SaidRendering:
    """Renders nothing."""
    return SaidRendering(library.folder)


def press(shown: Opened, action: Action) -> None:
    button = shown.page.detail.heading.buttons[action]
    assert button.isEnabled(), button.toolTip()
    shown.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def order(folder: Path, *make: Make) -> JobOrder:
    return JobOrder(session=str(folder), make=make)


def files(shown: Opened) -> list[str]:
    """What was made, as it is listed."""
    return [row.words for row in shown.page.detail.made.rows.shown]


def test_a_session_is_rendered_and_scored_by_keyboard_and_what_was_made_is_listed(
    library: Library, opened: Open, real: Rendering
) -> None:
    folder = library.add("Show")
    shown = opened(rendering=real)
    shown.press(Qt.Key.Key_Space, shown.page.detail.heading.buttons[Action.RENDER])
    assert QApplication.focusWidget() is shown.page.detail.render_sheet.boxes[Make.MASTER]
    shown.press(Qt.Key.Key_Space, shown.page.detail.render_sheet.boxes[Make.HIGHLIGHTS])
    shown.press(Qt.Key.Key_Return, shown.page.detail.render_sheet.does)
    assert not shown.page.detail.render_sheet.isVisible()
    shown.shows_job("Made master.mp4")
    shown.until(lambda: files(shown) == ["master.mp4"])
    assert shown.page.detail.made.rows.shown[0].spoken.startswith("master.mp4, smart")
    assert "rendered" in shown.page.list.rows.shown[0].spoken
    assert shown.page.detail.job.buttons[Answer.DISMISS].isVisible()

    shown.press(Qt.Key.Key_Space, shown.page.detail.card.score)
    shown.shows_job("Made the score card")
    shown.until(lambda: not shown.page.detail.card.score.isVisible())
    assert (folder / "score.json").is_file()
    assert "Median latency" in shown.page.detail.card.accessibleName()
    assert 1 <= len(shown.page.detail.words.shown) <= 3
    shown.page.grab()

    shown.qtbot.mouseClick(shown.page.detail.job.buttons[Answer.DISMISS], Qt.MouseButton.LeftButton)
    shown.until(lambda: not shown.page.detail.job.isVisible())


def test_what_was_chosen_is_ordered_once_and_chosen_again_next_time(
    library: Library, opened: Open, said: SaidRendering
) -> None:
    folder = library.add("Show")
    shown = opened(rendering=said)
    press(shown, Action.RENDER)
    sheet = shown.page.detail.render_sheet
    for make in (Make.MASTER, Make.HIGHLIGHTS):
        shown.qtbot.mouseClick(sheet.boxes[make], Qt.MouseButton.LeftButton, pos=sheet.boxes[make].rect().center())
    assert not sheet.does.isEnabled() and "at least one" in sheet.does.toolTip()
    sheet.boxes[Make.CAMERAS].setChecked(True)
    sheet.loudness.setCurrentIndex(2)
    sheet.size_box.setCurrentIndex(0)
    shown.qtbot.mouseClick(sheet.does, Qt.MouseButton.LeftButton)
    assert not shown.page.detail.heading.buttons[Action.RENDER].isEnabled()
    shown.shows_job("Waits for its turn")
    (job,) = said.jobs
    assert job.order is not None and job.order.make == (Make.CAMERAS,)
    assert (job.order.session, job.order.loudness.value, job.order.size) == (str(folder), "broadcast", None)
    assert "not over" in shown.page.detail.heading.buttons[Action.RECUT].toolTip()
    assert "rendering waits" in shown.page.list.rows.shown[0].spoken

    said.jobs = ()
    shown.refresh()
    shown.until(shown.page.detail.heading.buttons[Action.RENDER].isEnabled)
    press(shown, Action.RENDER)
    assert sheet.choice().makes() == (Make.CAMERAS,) and sheet.choice().loudness == "broadcast"


def test_a_recut_is_asked_for_in_words_or_follows_a_timeline(
    library: Library, opened: Open, said: SaidRendering, tmp_path: Path
) -> None:
    library.add("Show")
    edited = tmp_path / "edited.otio"
    shown = opened(rendering=said, timeline=edited)
    press(shown, Action.RECUT)
    sheet = shown.page.detail.recut_sheet
    sheet.style_box.setCurrentIndex(1)
    sheet.without.setCurrentIndex(2)
    sheet.exports.setChecked(True)
    shown.qtbot.mouseClick(sheet.does, Qt.MouseButton.LeftButton)
    shown.shows_job("Waits")
    assert said.jobs[0].order is not None
    recut = said.jobs[0].order.recut
    assert (recut.style, recut.without, recut.timeline) == (Style.CALM, ("b",), None)
    assert said.jobs[0].order.make == (Make.RECUT, Make.TIMELINES)

    said.jobs = ()
    shown.refresh()
    shown.until(shown.page.detail.heading.buttons[Action.RECUT].isEnabled)
    press(shown, Action.RECUT)
    shown.qtbot.mouseClick(sheet.follow, Qt.MouseButton.LeftButton)
    assert not sheet.style_box.isEnabled() and sheet.forget.isVisible()
    shown.qtbot.mouseClick(sheet.does, Qt.MouseButton.LeftButton)
    shown.shows_job("Waits")
    assert [None if job.order is None else job.order.recut.timeline for job in said.look()] == [str(edited)]


def test_timelines_are_exported(library: Library, opened: Open, said: SaidRendering) -> None:
    library.add("Show")
    shown = opened(rendering=said)
    press(shown, Action.EXPORT)
    assert QApplication.focusWidget() is shown.page.detail.export_sheet.does
    shown.press(Qt.Key.Key_Space)
    shown.shows_job("Waits")
    assert said.jobs[0].order is not None and said.jobs[0].order.make == (Make.TIMELINES,)


def test_escape_and_another_session_close_a_sheet(library: Library, opened: Open, said: SaidRendering) -> None:
    library.add("Newest")
    library.add("Older")
    shown = opened(rendering=said)
    press(shown, Action.RENDER)
    press(shown, Action.EXPORT)
    assert not shown.page.detail.render_sheet.isVisible() and shown.page.detail.export_sheet.isVisible()
    assert shown.page.escape()
    assert not shown.page.detail.export_sheet.isVisible()
    assert QApplication.focusWidget() is shown.page.detail.heading.buttons[Action.EXPORT]
    press(shown, Action.RENDER)
    shown.press(Qt.Key.Key_Down, shown.page.list.view)
    assert not shown.page.detail.render_sheet.isVisible()
    assert not shown.page.escape()


def test_a_job_tells_how_it_goes_and_is_cancelled_retried_and_dismissed(
    library: Library, opened: Open, said: SaidRendering
) -> None:
    folder = library.add("Show")
    shown = opened(rendering=said)
    bar, asked = shown.page.detail.job, order(folder, Make.MASTER, Make.CAMERAS)
    progress = JobProgress("master.mp4", "encoding", 0.62, 190.0)
    said.jobs = (RenderNow(3, asked, RenderPhase.RUNNING, progress),)
    shown.shows_job("Rendering master.mp4")
    assert bar.accessibleName() == "Rendering master.mp4, then 2 camera files, 62 %, 3 min left."
    assert "rendering 62 %" in shown.page.list.rows.shown[0].spoken
    assert not shown.page.detail.heading.buttons[Action.DELETE].isEnabled()
    shown.page.grab()

    problems = ("The disk is full.",)
    said.jobs = (
        RenderNow(3, asked, RenderPhase.HELD, result=JobResult(state=JobState.TRY_AGAIN, problems=problems)),
    )
    shown.shows_job("Stopped")
    shown.qtbot.mouseClick(bar.buttons[Answer.RETRY], Qt.MouseButton.LeftButton)
    shown.until(lambda: said.tried == [3])
    shown.page.grab()

    said.jobs = (RenderNow(3, asked, RenderPhase.DONE, result=JobResult(state=JobState.PROBLEMS, problems=problems)),)
    shown.shows_job("It could not be made")
    shown.qtbot.mouseClick(bar.buttons[Answer.RETRY], Qt.MouseButton.LeftButton)
    shown.shows_job("Waits")
    assert [job.order for job in said.jobs] == [asked] and said.cancelled == [3]

    shown.qtbot.mouseClick(bar.buttons[Answer.CANCEL], Qt.MouseButton.LeftButton)
    shown.until(lambda: not bar.isVisible())
    assert len(said.cancelled) == 2 and not said.look()


def test_what_cannot_be_ordered_is_told_and_can_be_tried_again(
    library: Library, opened: Open, said: SaidRendering
) -> None:
    library.add("Show")
    shown = opened(rendering=said)
    said.full = True
    press(shown, Action.EXPORT)
    shown.press(Qt.Key.Key_Space, shown.page.detail.export_sheet.does)
    shown.until(lambda: shown.desk.said)
    assert shown.desk.said[0].title == "The disk is full. Nothing will be rendered."
    shown.until(shown.page.detail.heading.buttons[Action.RENDER].isEnabled)


def test_a_damaged_job_is_told_once_and_can_be_forgotten(library: Library, opened: Open, said: SaidRendering) -> None:
    library.add("Show")
    said.jobs = (RenderNow(5, None, RenderPhase.DONE, result=JobResult(state=JobState.REFUSED)),)
    shown = opened(rendering=said)
    shown.until(lambda: shown.desk.said)
    shown.refresh()
    (message,) = shown.desk.said
    assert message.title == "The file of a job cannot be read." and message.act is not None
    message.act()
    shown.until(lambda: said.cancelled == [5])


def test_jobs_wait_for_a_recording_and_say_so(
    library: Library, opened: Open, said: SaidRendering, tmp_path: Path
) -> None:
    folder = library.add("Show")
    shown = opened(rendering=said)
    shown.desk.studio.records_into(tmp_path / "elsewhere")
    said.jobs = (RenderNow(3, order(folder, Make.MASTER), RenderPhase.WAITING),)
    shown.shows_job("Waits: a show is being recorded")


def test_an_interrupted_session_is_not_rendered_and_the_button_says_why(
    library: Library, opened: Open, said: SaidRendering
) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened(rendering=said)
    button = shown.page.detail.heading.buttons[Action.RENDER]
    assert (button.isEnabled(), button.toolTip()) == (False, "This recording was interrupted. Recover it first.")


def test_without_a_renderer_nothing_can_be_rendered(library: Library, opened: Open) -> None:
    library.add("Show")
    button = opened().page.detail.heading.buttons[Action.RENDER]
    assert (button.isEnabled(), button.toolTip()) == (False, "Nothing can be rendered from this window.")


def clip(rank: int, first: int, end: int) -> dict[str, Any]:
    return {"rank": rank, "first": first, "end": end, "title": f"Clip {rank}", "why": "Two people."}


def deliver(folder: Path, *parts: tuple[str, str, dict[str, Any]]) -> None:
    """As a job enters what it has made."""
    made = []
    for name, make, facts in parts:
        (folder / name).write_bytes(bytes(10))
        when = read_manifest(folder).created_at
        made.append(DeliveryPart(name=name, make=make, order="o", made_at=when, bytes=10, slots=30, facts=facts))
    change_manifest(folder, lambda now: now.model_copy(update={"deliveries": tuple(made)}))


def test_a_highlight_plays_its_film_or_is_gone_to(library: Library, opened: Open, said: SaidRendering) -> None:
    folder = library.add("Show")
    clips = [clip(2, 30, 60), clip(1, 0, 30)]
    deliver(
        folder, ("highlights.mp4", "highlights", {"clips": clips}), ("highlight_1.mp4", "clips", {"clip": clips[1]})
    )
    shown = opened(rendering=said)
    row = shown.page.detail.clips
    interface = QAccessible.queryAccessibleInterface(row)
    assert interface.child(0).text(QAccessible.Text.Name) == "1, Clip 1, at 0:00, 0:01 long, has a film"
    row.setFocus()
    shown.press(Qt.Key.Key_Return, row)
    assert shown.opened == [folder / "highlight_1.mp4"]
    second = row.visualRect(row.rows.index(1)).center()
    shown.qtbot.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert shown.page.detail.player.strip.value() == 1000
    assert shown.opened == [folder / "highlight_1.mp4"]
    shown.page.grab()
    shown.until(lambda: len([each for each in shown.page._pictures._thumbnails.values() if each is not None]) >= 2)
    shown.page.grab()


@pytest.mark.parametrize(("size", "columns"), [((1440, 852), 5), ((1120, 632), 4)])
def test_highlights_stand_beside_each_other(
    library: Library, opened: Open, said: SaidRendering, size: tuple[int, int], columns: int
) -> None:
    clips = [clip(rank, 10 * rank, 10 * rank + 9) for rank in range(1, 6)]
    deliver(library.add("Show"), ("highlights.mp4", "highlights", {"clips": clips}))
    row = opened(rendering=said, size=size).page.detail.clips
    places = [row.visualRect(row.rows.index(number)) for number in range(5)]
    assert sum(place.y() == places[0].y() for place in places) == columns
    assert max(place.bottom() for place in places) < row.height()
    assert all(place.right() - 12 <= row.width() for place in places)


def test_files_of_one_kind_stand_in_one_line_that_opens(library: Library, opened: Open) -> None:
    folder = library.add("Show")
    shown = opened()
    listed = shown.page.detail.files
    words = [row.words for row in listed.rows.shown]
    at = words.index("mic_1.flac to mic_2.flac")
    listed.setCurrentIndex(listed.rows.index(at))
    before = listed.height()
    shown.press(Qt.Key.Key_Return, listed)
    assert [row.words for row in listed.rows.shown[at : at + 3]] == [words[at], "mic_1.flac, A", "mic_2.flac, B"]
    assert listed.height() > before and shown.opened == []
    shown.press(Qt.Key.Key_Down, listed)
    shown.press(Qt.Key.Key_Return, listed)
    assert shown.opened == [folder / "mic_1.flac"]


def test_more_sentences_are_there_for_the_asking(library: Library, opened: Open, said: SaidRendering) -> None:
    folder = library.add("Show")
    score = {
        "schema": 1,
        "session": read_manifest(folder).id,
        "speech_s": 42.0,
        "live": None,
        "rhythm": {"cuts": 4, "cuts_per_minute": 5.3, "takes": 1, "by_hand_pct": 4.0},
        "sentences": [{"about": "cut", "sentence": f"Sentence {number}."} for number in range(1, 6)],
    }
    (folder / "score.json").write_text(json.dumps(score), "utf-8")
    shown = opened(rendering=said)
    words = shown.page.detail.words
    assert ", ".join(words.shown) == "Sentence 1., Sentence 2., Sentence 3."
    shown.click("2 more")
    assert words.shown[3:] == ("Sentence 4.", "Sentence 5.")
    shown.click("Fewer")
    assert len(words.shown) == 3


def test_tab_reaches_everything_in_reading_order(library: Library, opened: Open, said: SaidRendering) -> None:
    folder = library.add("Show")
    deliver(folder, ("highlights.mp4", "highlights", {"clips": [clip(1, 0, 30)]}))
    shown = opened(rendering=said)
    press(shown, Action.RENDER)
    said.jobs = (RenderNow(1, order(folder, Make.MASTER), RenderPhase.HELD),)
    shown.shows_job("Stopped")
    shown.page.list.view.setFocus()
    names: list[str] = []
    shown.press(Qt.Key.Key_Tab)
    while (widget := QApplication.focusWidget()) is not None and widget is not shown.page.list.view:
        names.append(widget.accessibleName().partition(":")[0])
        shown.press(Qt.Key.Key_Tab)
    assert names == [
        "Open folder",
        "Rename, this session",
        "Master",
        "Highlights",
        "Clips",
        "Vertical 9",
        "Square 1",
        "Cameras",
        "Sound",
        "Pictures",
        "Loudness",
        "Size",
        "Names",
        "A card with its title before each highlight",
        "Close, without render",
        "Render, as chosen here",
        "Play the program in the system's player",
        "Position in the program",
        "Retry",
        "Cancel",
        "Highlights",
        "What was made of this session",
        "Files of this session",
    ]
