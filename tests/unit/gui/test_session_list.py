"""The list of past sessions: what is shown, what is chosen, what can be done."""

from datetime import timedelta
from pathlib import Path

import pytest

from director_app.engine.past_sessions import PastState
from director_app.gui.models.session_words import Tone
from director_app.gui.models.sessions import Action, SessionList, free_words, refusal, trash_question
from director_app.session.demo_show import demo_show
from tests.helpers.past import NOW, damaged, past

FIRST, SECOND, THIRD = past("1", "The Open Table"), past("2", "Panel: water"), past("3", "Team meeting")


def listed(*sessions: object) -> SessionList:
    found = SessionList()
    found.show(sessions or (FIRST, SECOND, THIRD), NOW)  # type: ignore[arg-type]
    return found


def titles(sessions: SessionList) -> list[str]:
    return [row.title for row in sessions.rows()]


def test_the_newest_one_is_chosen_at_first() -> None:
    assert listed().chosen == FIRST.folder


def test_the_chosen_one_stays_chosen_when_others_come() -> None:
    sessions = listed()
    sessions.choose(SECOND.folder)
    sessions.show((past("0", "A new one"), FIRST, SECOND, THIRD), NOW)
    assert sessions.chosen_session() == SECOND


def test_the_place_of_one_that_has_gone_is_taken_by_the_next() -> None:
    sessions = listed()
    sessions.choose(SECOND.folder)
    sessions.show((FIRST, THIRD), NOW)
    assert sessions.chosen == THIRD.folder
    sessions.show((FIRST,), NOW)
    assert sessions.chosen == FIRST.folder
    sessions.show((), NOW)
    assert sessions.chosen is None


def test_an_unknown_one_cannot_be_chosen() -> None:
    sessions = listed()
    sessions.choose(Path("/elsewhere"))
    assert sessions.chosen == FIRST.folder


@pytest.mark.parametrize(
    "text", ["open", "TABLE", "ana open", "cara", "today", "22 nov", "november 2026", "2026-11-22"]
)
def test_every_word_of_the_search_must_occur_somewhere(text: str) -> None:
    sessions = listed()
    sessions.want(text, None)
    assert FIRST.title in titles(sessions)


def test_a_search_without_a_match_says_so() -> None:
    sessions = listed()
    sessions.want("open water", None)
    assert titles(sessions) == []
    assert sessions.chosen is None
    assert sessions.sentence() == "No session matches. Clear the search, or choose All states."
    sessions.want("", None)
    assert len(titles(sessions)) == 3


def test_only_sessions_in_one_state() -> None:
    sessions = listed(FIRST, past("2", "Panel", PastState.INTERRUPTED), damaged("3"))
    sessions.want("", PastState.INTERRUPTED)
    assert titles(sessions) == ["Panel"]
    sessions.want("", PastState.DAMAGED)
    assert titles(sessions) == ["3"]


def test_an_empty_folder_says_what_to_do() -> None:
    empty = SessionList()
    assert empty.sentence() == ""
    empty.show((), NOW)
    assert empty.sentence() == "No sessions yet. Press R on the desk to record the first one."
    assert empty.summary() == ""


def test_a_folder_that_cannot_be_read_is_told_of_in_place_of_the_list() -> None:
    sessions = listed()
    sessions.fail("The folder is not there.")
    assert (sessions.sentence(), sessions.rows(), sessions.chosen) == ("The folder is not there.", (), None)
    sessions.show((FIRST,), NOW)
    assert sessions.sentence() == ""


def test_a_session_that_is_being_recovered_says_so_in_blue() -> None:
    sessions = listed(past("1", state=PastState.IN_USE))
    sessions.recover({FIRST.folder})
    assert [(tag.words, tag.tone) for tag in sessions.rows()[0].tags] == [("recovering", Tone.AUTO)]


def test_rows_are_made_anew_only_when_something_has_changed() -> None:
    sessions = listed()
    before = sessions.rows()
    sessions.show((FIRST, SECOND, THIRD), NOW)
    assert sessions.rows() is before
    sessions.show((FIRST, SECOND, THIRD), NOW + timedelta(days=1))
    assert sessions.rows()[0].detail.startswith("22 Nov 2026")


def test_a_row_can_be_heard() -> None:
    assert listed().rows()[0].spoken == "The Open Table, Today 20:00, 1:24:10, 14.5 GB, recorded"


def test_the_footer_counts_sessions_and_bytes() -> None:
    assert listed().summary() == "3 sessions, 43.5 GB"


def test_hours_that_fit_follow_from_the_rate_of_all_files() -> None:
    # Four cameras and the program at 6 Mbit/s each.
    assert free_words(54_000_000_000, demo_show()) == "54 GB free, 4 h 0 min"
    assert free_words(9_500_000_000, demo_show()) == "9.5 GB free, 42 min"
    assert free_words(None, demo_show()) == ""


@pytest.mark.parametrize("state", [PastState.RECORDING, PastState.IN_USE])
@pytest.mark.parametrize("action", [Action.RENAME, Action.DELETE, Action.RECOVER])
def test_nothing_is_done_to_a_session_that_is_written_to(state: PastState, action: Action) -> None:
    assert refusal(action, past("1", state=state), None) is not None
    assert refusal(Action.OPEN_FOLDER, past("1", state=state), None) is None


def test_a_damaged_one_can_be_deleted_but_not_renamed() -> None:
    assert refusal(Action.RENAME, damaged("1"), None) is not None
    assert refusal(Action.DELETE, damaged("1"), None) is None


def test_recovering_waits_for_the_end_of_a_recording() -> None:
    interrupted = past("1", state=PastState.INTERRUPTED)
    assert refusal(Action.RECOVER, interrupted, None) is None
    assert refusal(Action.RECOVER, interrupted, Path("/sessions/2")) is not None


def test_the_question_before_a_deletion_says_the_size() -> None:
    assert trash_question(FIRST) == 'Move "The Open Table" with its 14.5 GB to the trash?'
