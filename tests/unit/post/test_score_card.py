"""The score card of a session, and what the command makes of sessions that cannot be scored as a whole."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from director_app.cli.commands import app
from director_app.core.score_advice import Knob
from director_app.post.recover import recover_session
from director_app.post.score import ScoreCard, Step, score_session
from director_app.post.score_documents import SCORE_NAME, score_document, write_score
from director_app.post.score_sentences import About, card_sentences
from director_app.post.session_talk import HeardFrom, read_closed_session
from director_app.session.event_log import LOG_NAME, append_events
from director_app.session.manifest import FILE_NAME, read_manifest, write_manifest


def director(*arguments: object) -> Result:
    """A command of the program."""
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture(scope="module")
def card(talk_closed: Path) -> ScoreCard:
    """Of a show that nobody touched."""
    steps: list[Step] = []
    card = score_session(read_closed_session(talk_closed), lambda step, _share: steps.append(step))
    assert list(dict.fromkeys(steps)) == [Step.HEARING, Step.PLANNING, Step.REPLAYING, Step.LISTENING]
    return card


@pytest.fixture(scope="module")
def document(card: ScoreCard) -> dict[str, Any]:
    """The same as JSON."""
    return score_document(card)


def test_a_show_without_delay_is_told_what_a_delay_would_have_saved(document: dict[str, Any]) -> None:
    live, plan, replayed = document["live"], document["plan"], document["replayed"]
    assert live["late"] >= 5
    assert plan["quality"] > live["quality"] + 5
    assert replayed["same"] == live, "the log is that of the same show"
    helping = [each for each in replayed["tried"] if each["helps"]]
    assert helping[0]["changed"] == Knob.DELAY
    assert helping[0]["late"] <= live["late"] - 2
    first = document["sentences"][0]
    saved = live["late"] - helping[0]["late"]
    assert first["about"] == About.CUT
    assert first["sentence"].startswith(
        f"A programme delay of {helping[0]['to']:g} s would have saved {saved} late cuts"
    )


def test_cameras_that_failed_and_pictures_that_repeat_are_told_of(document: dict[str, Any]) -> None:
    told = [each["sentence"] for each in document["sentences"] if each["about"] == About.PICTURES]
    assert told[0].startswith("5 % of the pictures of camera 1 A are repeated")
    assert "Camera 3 C gave no usable pictures for 2.5 s." in told
    assert document["pictures"]["out_of_use"] == [{"camera": "c", "start_s": 20.0, "end_s": 22.5}]
    assert document["unknown"] == [
        "Whether pictures are missing in the program is not known: program.mp4 is missing."
    ]


def said(card: ScoreCard) -> str:
    """All about its cut."""
    return " ".join(each.sentence for each in card_sentences(card) if each.about is About.CUT)


def test_a_computer_that_was_late_is_told_what_that_cost(card: ScoreCard) -> None:
    assert card.again is not None
    assert "was late" not in said(replace(card, again=replace(card.again, late=3)))
    in_time = replace(card.again.same, wrong_face_pct=1.0, right_of_speech_pct=99.0)
    late = replace(card, again=replace(card.again, late=3, same=in_time))
    assert said(late).startswith(
        "This computer was late for 3 cuts; in time, the right person would have been on air"
    )


def test_where_no_replay_is_better_that_is_said(card: ScoreCard) -> None:
    assert card.again is not None
    alike = replace(card.again, tried=(), shots=())
    assert said(replace(card, again=alike)).startswith("No other programme delay, style or shortest shot")


def test_one_camera_cannot_be_cut(closed: Path) -> None:
    manifest = read_manifest(closed)
    microphones = tuple(each.model_copy(update={"camera": "a"}) for each in manifest.microphones)
    alone = manifest.model_copy(update={"cameras": manifest.cameras[:1], "microphones": microphones})
    write_manifest(closed, alone)
    made = score_session(read_closed_session(closed))
    assert made.live is not None
    assert said(made) == "There was one camera: nothing could be cut."


def test_a_cut_marked_as_wrong_is_looked_for_in_the_replays(card: ScoreCard, talk: Path) -> None:
    session = card.session
    assert card.again is not None
    near = session.canvas.slot_from(1.0)
    delayed = [
        shots for tried, shots in zip(card.again.tried, card.again.shots, strict=True) if tried.trial.value == 2
    ]
    lost = next(
        shot
        for shot in card.shots[1:]
        if not any(each.camera == shot.camera and abs(each.first - shot.first) <= near for each in delayed[0][1:])
    )
    append_events(talk, [{"t_s": 39.0, "type": "wrong_cut", "slot": lost.first}])
    marked = score_session(read_closed_session(talk))
    assert score_document(marked)["wrong_cuts"] == 1
    assert any(
        each.sentence.endswith("would not have made the cut that you marked as wrong.")
        for each in card_sentences(marked)
    )


def test_the_command_prints_a_card_and_leaves_it_in_the_session(
    talk: Path, document: dict[str, Any], tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in talk.iterdir()}
    out = tmp_path / "card.json"
    result = director("score", talk, "--out", out)
    assert result.exit_code == 1, "its program is missing"
    assert "Right picture" in result.stdout
    assert "A programme delay of" in result.stdout
    assert "Hearing who spoke when" in result.stderr
    assert json.loads(out.read_text("utf-8")) == json.loads((talk / SCORE_NAME).read_text("utf-8")) == document
    assert {path.name: path.read_bytes() for path in talk.iterdir() if path.name != SCORE_NAME} == {
        name: content for name, content in before.items() if name != SCORE_NAME
    }


def test_a_small_recorded_show_with_takes(closed: Path) -> None:
    result = director("score", closed, "--json")
    assert result.exit_code == 0, result.output
    card = json.loads(result.stdout)
    assert (card["schema"], card["heard_from"], card["pictures"]["missing"]) == (1, HeardFrom.SOUND, 0)
    assert (card["rhythm"]["takes"], card["rhythm"]["cuts"]) == (3, 3)
    assert card["rhythm"]["by_hand_pct"] == pytest.approx(100 * (1 - 20 / 95), abs=6)
    assert json.loads((closed / SCORE_NAME).read_text("utf-8")) == card


def test_a_recovered_show_has_a_card_too(wreck: Path) -> None:
    recover_session(wreck)
    result = director("score", wreck)
    assert result.exit_code == 0, result.output
    assert "Cuts" in result.stdout


def edited(folder: Path, **changes: Any) -> Path:
    """With another manifest."""
    path = folder / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    return folder


def test_without_microphones_there_is_a_card_of_what_can_be_known(closed: Path) -> None:
    result = director("score", edited(closed, microphones=[], prior=None))
    assert result.exit_code == 0, result.output
    assert "no microphones: nobody can say whether the right person was on air." in result.stdout
    assert "Right picture" not in result.stdout
    assert "3 takes" in result.stdout


def test_a_show_of_an_older_version_is_scored_but_not_replayed(talk: Path) -> None:
    card = score_document(score_session(read_closed_session(edited(talk, directing=None))))
    assert card["replayed"] is None
    assert card["unknown"][0].startswith("What would have helped is not known.")
    assert card["live"]["floor_changes"] > 3


def test_a_show_without_slots_or_log_has_a_card_that_says_little(closed: Path) -> None:
    (closed / LOG_NAME).unlink()
    card = score_document(score_session(read_closed_session(edited(closed, slots=0))))
    assert card["live"] is None
    assert card["rhythm"]["cuts"] == 0


def test_what_cannot_be_scored_is_refused_before_anything_is_written(
    wreck: Path, closed_session: Path, tmp_path: Path
) -> None:
    assert director("score", tmp_path).exit_code == 2
    running = director("score", wreck)
    assert running.exit_code == 2
    assert "director recover" in running.stderr
    assert not (wreck / SCORE_NAME).exists()
    inside = director("score", closed_session, "--out", closed_session / FILE_NAME)
    assert inside.exit_code == 2
    assert "would destroy it" in inside.stderr


def test_a_folder_that_cannot_be_written_is_told_of(closed: Path) -> None:
    (closed / SCORE_NAME).mkdir()
    result = director("score", closed)
    assert result.exit_code == 1
    assert "could not be written" in result.stderr
    assert "Cuts" in result.stdout
    with pytest.raises(OSError, match="irectory"):
        write_score(score_session(read_closed_session(closed)))
