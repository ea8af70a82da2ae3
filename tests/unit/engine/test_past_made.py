"""What was made of a past session: its files, its highlights, its score card."""

import json
from pathlib import Path
from typing import Any

import pytest

from director_app.engine.past_clips import clips_of
from director_app.engine.past_files import files_of
from director_app.engine.past_score import score_of
from director_app.engine.past_sessions import PastSession, PastState
from director_app.session.manifest import DeliveryPart, Manifest
from tests.helpers.past import NOW, manifest

LIVE = {
    "right_of_speech_pct": 98.4,
    "latency_median_s": 0.0,
    "latency_p95_s": 1.1,
    "ping_pongs": 1,
    "ping_pongs_per_minute": 0.1,
}
SCORE: dict[str, Any] = {
    "schema": 1,
    "session": "an id",
    "speech_s": 42.0,
    "live": LIVE,
    "rhythm": {"cuts": 4, "cuts_per_minute": 5.3, "takes": 1, "by_hand_pct": 4.0},
    "sentences": [{"about": "cut", "sentence": "One."}],
}


def delivered(folder: Path, *parts: tuple[str, str, int | None, dict[str, Any]]) -> Manifest:
    """A manifest with these deliveries: name, make, bytes, facts. Files of 10 bytes lie there for all."""
    made = []
    for name, make, count, facts in parts:
        (folder / name).write_bytes(bytes(10))
        made.append(DeliveryPart(name=name, make=make, order="o", made_at=NOW, bytes=count, slots=300, facts=facts))
    return manifest(files=(), deliveries=tuple(made))


def clip(rank: int, first: int, end: int, title: str = "T") -> dict[str, Any]:
    return {"rank": rank, "first": first, "end": end, "title": title, "why": "W"}


def test_only_what_is_complete_and_as_it_was_made_is_listed_as_made(tmp_path: Path) -> None:
    found = delivered(
        tmp_path,
        ("master.mp4", "master", 10, {}),
        ("highlights.mp4", "highlights", None, {}),
        ("recut.mp4", "recut", 11, {}),
        ("cam_1.mp4", "cameras", 10, {}),
    )
    (tmp_path / "cam_1.mp4").unlink()
    (tmp_path / "cam_2.mp4.part").write_bytes(bytes(10))
    files = files_of(PastSession(tmp_path, PastState.RECORDED, 0, found), {})
    assert [(file.path.name, file.delivery is not None, file.length_s) for file in files] == [
        ("master.mp4", True, 10.0),
        ("highlights.mp4", False, None),
        ("recut.mp4", False, None),
    ]


def test_highlights_stand_best_first_and_know_their_films(tmp_path: Path) -> None:
    found = delivered(
        tmp_path,
        ("highlights.mp4", "highlights", 10, {"clips": [clip(2, 30, 60), clip(1, 90, 150, "Best")]}),
        ("highlight_2.mp4", "clips", 10, {"clip": clip(1, 90, 150)}),
        ("highlight_9.mp4", "clips", 10, {"clip": clip(4, 200, 250)}),
    )
    clips = clips_of(tmp_path, found)
    assert [(each.rank, each.title, each.first_s, each.end_s, each.file) for each in clips] == [
        (1, "Best", 3.0, 5.0, tmp_path / "highlight_2.mp4"),
        (2, "T", 1.0, 2.0, None),
    ]


def test_clips_alone_are_highlights_too(tmp_path: Path) -> None:
    found = delivered(tmp_path, ("highlight_1.mp4", "clips", 10, {"clip": clip(1, 0, 30)}))
    assert [each.file for each in clips_of(tmp_path, found)] == [tmp_path / "highlight_1.mp4"]


@pytest.mark.parametrize("clips", [None, 7, ["x"], [{}], [clip(0, 0, 30)], [clip(1, 30, 30)], [clip(1, -1, 30)]])
def test_senseless_highlights_are_passed_over(tmp_path: Path, clips: Any) -> None:
    found = delivered(
        tmp_path,
        ("highlights.mp4", "highlights", 10, {"clips": clips}),
        ("highlight_1.mp4", "clips", 10, {}),
    )
    assert clips_of(tmp_path, found) == ()


def test_a_score_card_is_read(tmp_path: Path) -> None:
    (tmp_path / "score.json").write_text(json.dumps(SCORE), "utf-8")
    score = score_of(tmp_path, manifest())
    assert score is not None and score.live is not None
    assert (score.live.right_of_speech_pct, score.rhythm.takes, score.sentences[0].sentence) == (98.4, 1, "One.")


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{ nonsense",
        "[]",
        json.dumps(SCORE | {"schema": 2}),
        json.dumps(SCORE | {"session": "another"}),
        json.dumps(SCORE | {"rhythm": None}),
        json.dumps(SCORE | {"speech_s": float("nan")}),
    ],
)
def test_a_score_card_that_says_nothing_of_this_session_is_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "score.json").write_text(content, "utf-8")
    assert score_of(tmp_path, manifest()) is None
