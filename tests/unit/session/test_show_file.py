"""SHOW.toml: every fault is one sentence with the place; what is right becomes a show."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from director_app.core import styles
from director_app.session import show as show_tables
from director_app.session.errors import ShowFileError
from director_app.session.redact import without_password
from director_app.session.show_file import parse_show, read_show

ANA: dict[str, Any] = {"id": "a", "label": "Ana", "kind": "synthetic"}
BEN: dict[str, Any] = {"id": "b", "label": "Ben", "kind": "synthetic"}
MIC: dict[str, Any] = {"id": "m", "label": "Ana's", "camera": "a", "kind": "synthetic"}


def faults_of(**content: Any) -> list[str]:
    with pytest.raises(ShowFileError) as told:
        parse_show({"camera": [ANA, BEN]} | content, "show.toml")
    return str(told.value).splitlines()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"tittle": "x"}, "tittle: there is no such key. Did you mean title?"),
        ({"canvas": {"widht": 640}}, "canvas, widht: there is no such key. Did you mean width?"),
        ({"camera": [ANA | {"path": "x"}]}, 'camera 1 ("Ana"), path: there is no such key.'),
        ({"camera": [ANA, BEN | {"wide": 1}]}, 'camera 2 ("Ben"), wide: 1 is not true or false.'),
        ({"title": 3}, 'title: 3 is not text in "quotes".'),
        ({"camera": 3}, "camera: 3 is not a list."),
        ({"camera": [3]}, "camera 1: 3 is not a table."),
        ({"canvas": 3}, "canvas: 3 is not a table."),
        ({"canvas": {"width": 1280.5}}, "canvas, width: 1280.5 is not a whole number."),
        ({"canvas": {"width": True}}, "canvas, width: true is not a whole number."),
        ({"sessions": 4}, 'sessions: 4 is not a path in "quotes".'),
        (
            {"camera": [ANA | {"kind": "device", "device": 1.5}]},
            'camera 1 ("Ana"), device: 1.5 is not text in "quotes" or a whole number.',
        ),
        (
            {"directing": {"hold_after_take_s": "soon"}},
            'directing, hold_after_take_s: "soon" is not a number or "stay manual".',
        ),
        ({"directing": {"hold_after_take_s": 0}}, 'a hold of 0 s cannot be; use 1 to 3600, or "stay manual".'),
        (
            {"directing": {"minimum_shot_s": 1}},
            "directing, minimum_shot_s: a shot of 1 s cannot be; use 1.5 to 60, because a shorter shot reads as a "
            "mistake.",
        ),
        (
            {"directing": {"style": "wild"}},
            'directing, style: "wild" is not "calm", "normal" or "lively".',
        ),
        (
            {"directing": {"programme_delay_s": 4}},
            "directing, programme_delay_s: a delay of 4 s cannot be; use 0 to 3, because a longer one teaches the "
            "director nothing more.",
        ),
        ({"titles": {"colour": "red"}}, 'titles, colour: "red" is no colour; write it like "#5AA9FF".'),
        ({"titles": {"position": "top"}}, 'titles, position: "top" is not "left" or "right".'),
        ({"titles": {"seconds": 1}}, "titles, seconds: 1 is too small: at least 2."),
        ({"titles": {"lower_third": True}}, "there is no such key. Did you mean lower_thirds?"),
        ({"microphone": [MIC | {"role": "two\nlines"}]}, "a name stands on one line"),
        ({"camera": [ANA, ANA]}, 'two sources have the id "a"; every id may stand once only.'),
        ({"microphone": [MIC | {"id": "a"}]}, 'two sources have the id "a"; every id may stand once only.'),
        (
            {"microphone": [MIC | {"camera": "z"}]},
            'microphone "m" points at camera "z", which does not exist; the cameras are a, b.',
        ),
        ({"camera": [ANA | {"wide": True}, BEN | {"wide": True}]}, "cameras a and b are both wide; only one can be."),
        (
            {"camera": [ANA | {"kind": "stream", "url": "rtsp:///live"}]},
            'url: "rtsp:///live" names no host; write it like rtsp://192.168.1.20:554/stream.',
        ),
        ({"camera": [ANA | {"kind": "stream", "url": "camera"}]}, '"camera" does not begin with one of rtsp, rtsps'),
        ({"camera": [ANA | {"kind": "stream", "url": "rtsp://[::1"}]}, "url: this is no address; write it like"),
        ({"camera": [ANA | {"kind": "stream", "url": "rtsp://h:99999/"}]}, "has a port that is no number from 0 to"),
        ({"camera": [ANA | {"kind": "film"}]}, 'there is no kind "film"; use one of demo, device, file, stream'),
        ({"camera": [{"id": "a", "label": "Ana"}]}, 'camera 1 ("Ana"): the key kind is missing; it is one of demo'),
        ({"camera": [{"id": "a", "kind": "synthetic"}]}, "camera 1, label: this key is missing."),
        (
            {"camera": [ANA | {"id": "Ana B"}]},
            '"Ana B" is no id: use up to 32 small letters, digits and underscores.',
        ),
        ({"camera": [ANA | {"rotation": 45}]}, "rotation: 45 is not 0, 90, 180 or 270."),
        ({"camera": []}, "camera: at least one is needed."),
        ({"camera": [ANA | {"id": f"c{n}"} for n in range(10)]}, "camera: at most 9 can be used."),
        ({"camera": [ANA | {"label": ""}]}, "label: it is empty; write at least one letter."),
        ({"camera": [ANA | {"label": "é" * 201}]}, "label: it is too long: at most 200 letters."),
        ({"camera": [ANA | {"label": "\t "}]}, "a name of spaces only cannot be seen"),
        ({"camera": [ANA | {"label": "A\x1b[2J"}]}, "leave out line breaks and other control characters."),
        ({"title": "one\ntwo"}, "title: a name stands on one line"),
        ({"canvas": {"width": 1921}}, "canvas, width: 1921 is odd; H.264 needs an even number of pixels."),
        ({"canvas": {"height": 90}}, "canvas, height: 90 is too small: at least 180."),
        ({"canvas": {"width": 7680}}, "canvas, width: 7680 is too large: at most 3840."),
        ({"canvas": {"fps": 12}}, "fps: 12 frames per second is not supported; use one of 23.976, 24, 25, 29.97, 30"),
        ({"canvas": {"fps": 61}}, "fps: 61 frames per second is not supported; use one of"),
        ({"canvas": {"fps": float("nan")}}, "fps: nan frames per second is not supported"),
        ({"microphone": [MIC | {"channel": 0}]}, 'microphone 1 ("Ana\'s"), channel: 0 is too small: at least 1.'),
        ({"recording": {"encoder": "x265"}}, 'encoder: "x265" is not "x264", "videotoolbox", "nvenc"'),
    ],
)
def test_every_fault_is_one_sentence_with_its_place(content: dict[str, Any], sentence: str) -> None:
    (line,) = faults_of(**content)
    assert line.startswith("show.toml, ")
    assert sentence in line


def test_all_faults_are_told_at_once() -> None:
    lines = faults_of(canvas={"width": 1, "fps": 1}, camera=[ANA | {"label": 1}, BEN | {"x": 1}])
    assert len(lines) == 4


def test_no_sentence_holds_a_password() -> None:
    (line,) = faults_of(camera=[ANA | {"kind": "stream", "url": "rtsp://admin:secret@:554/x?token=secret"}])
    assert "secret" not in line


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title = \n", "is no valid TOML: Invalid value (at line 1"),
        (b"title = 'a'\ntitle = 'b'\n", "is no valid TOML: Cannot overwrite a value (at line 2"),
        (b"\xff\xfe\x00", "is no show file: it is not UTF-8 text"),
        (b"#" * (1 << 20) + b"\n", "is larger than 1 MB"),
        (b"", "camera: this key is missing."),
    ],
)
def test_files_that_are_no_show(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_bytes(content)
    with pytest.raises(ShowFileError) as told:
        read_show(path)
    assert sentence in str(told.value)
    assert str(path) in str(told.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ShowFileError, match=r"does not exist\. Make one with: director init .*none\.toml"):
        read_show(tmp_path / "none.toml")


def test_paths_count_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(
        'sessions = "out"\n[[camera]]\nid = "a"\nlabel = "A"\nkind = "file"\npath = "clips/a.mp4"\n'
    )
    show = read_show(tmp_path / "show.toml")
    assert show.sessions == (tmp_path / "out").resolve()
    (camera,) = show.camera
    assert isinstance(camera, show_tables.FileCameraTable)
    assert camera.path == (tmp_path / "clips" / "a.mp4").resolve()


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (29.97, Fraction(30000, 1001)),
        (30, Fraction(30)),
        (23.976, Fraction(24000, 1001)),
        (59.94, Fraction(60000, 1001)),
    ],
)
def test_rates_mean_their_exact_fractions(fps: float, rate: Fraction) -> None:
    assert parse_show({"camera": [ANA], "canvas": {"fps": fps}}, "x").canvas.canvas().fps == rate


def test_a_show_knows_who_belongs_to_whom() -> None:
    label = "Zoë 日本語 🎥 " + "x" * 186
    show = parse_show({"camera": [ANA | {"label": label}, BEN | {"wide": True}], "microphone": [MIC]}, "x")
    cast = show.cast()
    assert [camera.title for camera in cast.cameras] == [f"1 {label}", "2 Ben"]
    assert (cast.wide, cast.microphones[0].camera) == ("b", "a")
    assert show.directing.rules() == styles.rules(styles.Style.NORMAL, 1.0)


def test_what_is_set_by_hand_goes_before_the_style() -> None:
    table = {"style": "calm", "minimum_shot_s": 2.5, "cuts_per_minute": 7, "programme_delay_s": 0}
    rules = parse_show({"camera": [ANA], "directing": table}, "x").directing.rules()
    assert rules == replace(styles.rules(styles.Style.CALM, 0.0), minimum_shot_s=2.5, cuts_per_minute=7)


def test_stay_manual_is_no_time() -> None:
    show = parse_show({"camera": [ANA], "directing": {"hold_after_take_s": "stay manual"}}, "x")
    assert show.directing.rules().hold_after_take_s is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://user:secret@10.0.0.7:554/live?token=1", "rtsp://10.0.0.7:554/live"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
        ("srt://u:p@h@host:9000", "srt://host:9000"),
        ("rtsp://host:notaport/x", "rtsp://host:notaport/x"),
    ],
)
def test_addresses_are_shown_without_their_secrets(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize("name", ["show\0.toml", "show\ud800.toml"])
def test_what_no_file_can_be_called_is_a_sentence(name: str) -> None:
    with pytest.raises(ShowFileError, match=r"'show.*toml' cannot be the name of a file"):
        read_show(Path(name))
