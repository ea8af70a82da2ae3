"""Sessions that were really recorded, exported by the command, and played by an editor's own engine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner, Result

from director_app.cli.commands import app
from director_app.core.edits import Edit
from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.post.recover import recover_session
from director_app.post.timelines.export import Replacing, export_session
from director_app.post.timelines.formats import Format, file_name
from director_app.post.timelines.gather import live_edit
from director_app.post.timelines.read_otio import read_otio
from director_app.session.event_log import read_events
from director_app.session.lock import lock_session
from director_app.session.manifest import FileRole, Manifest, read_manifest, write_manifest
from tests.helpers.editing import film
from tests.helpers.pictures import strips_of
from tests.helpers.screen import screen
from tests.helpers.shows import recorded, small_show
from tests.helpers.timeline_readers import READERS
from tests.helpers.wrecks import wreck_session

if sys.platform == "win32":
    pytest.skip("melt and limits of Unix are used here", allow_module_level=True)

import resource

pytestmark = pytest.mark.computes

A, B, C = (CameraId(each) for each in "abc")
SCRIPT = ((25, Take(B)), (55, Take(C)), (85, Take(A)))
NAMES = [file_name(form) for form in Format]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cameras at 29.97 pictures per second; nobody changes this one."""
    canvas = {"width": 640, "height": 360, "fps": 29.97}
    folder, engine = recorded(small_show(3, canvas=canvas), tmp_path_factory.mktemp("shows"), 115, SCRIPT)
    assert engine.problems == ()
    return folder


@pytest.fixture
def session(recording: Path, tmp_path: Path) -> Path:
    """A copy, in a folder that is hard to name."""
    return Path(shutil.copytree(recording, tmp_path / "Gäste & <co> 100%" / recording.name))


def director(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def edit_of(session: Path) -> tuple[Manifest, Edit]:
    manifest = read_manifest(session)
    return manifest, live_edit(manifest, read_events(session))


def files_of(folder: Path, names: Sequence[str] = ()) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not names or path.name in names}


def recordings_of(session: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_of(session).items() if name not in NAMES}


def melted(project: Path, out: Path) -> Path:
    """The film as MLT plays it. It lays pictures over each other by Qt, which wants a screen."""
    consumer = [f"avformat:{out}", "vcodec=libx264", "preset=ultrafast", "acodec=pcm_s16le"]
    order = ["melt", str(project), "-consumer", *consumer, "real_time=-1", "terminate_on_pause=1"]
    homes = {name: str(out.parent) for name in ("HOME", "XDG_RUNTIME_DIR")}
    with screen(640, 480) as display:
        surroundings = os.environ | homes | {"DISPLAY": display}
        done = subprocess.run(order, capture_output=True, timeout=60, check=False, env=surroundings)
    assert done.returncode == 0 and b"failed to load" not in done.stderr, done.stderr[-2000:]
    return out


def expected_strips(session: Path, edit: Edit) -> list[object]:
    manifest = read_manifest(session)
    filmed = {part.source: strips_of(session / part.name) for part in manifest.files if part.role is FileRole.ISO}
    return [filmed[each.shot.camera][slot] for each in edit.shots() for slot in range(each.shot.first, each.shot.end)]


def sound_of(path: Path) -> NDArray[np.float64]:
    """The first sound track, shape (samples, 2), at 48 kHz."""
    with av.open(str(path)) as container:
        plane = av.AudioResampler("fltp", "stereo", 48_000)
        parts = [each.to_ndarray() for frame in container.decode(audio=0) for each in plane.resample(frame)]
    return np.concatenate(parts, axis=1).T.astype(np.float64)


def test_all_formats_are_written_beside_the_recordings_and_say_the_same(session: Path) -> None:
    before = files_of(session)
    done = director(session)
    assert (done.exit_code, done.stdout.splitlines()) == (0, [str(session / name) for name in NAMES])
    assert recordings_of(session) == before
    manifest, edit = edit_of(session)
    fps = manifest.canvas.canvas().fps
    rows = {form: READERS[form]((session / file_name(form)).read_bytes().decode(), fps) for form in Format}
    assert len(edit.stretches[0].shots) == 4
    for found in rows.values():
        assert [row[1:] for row in found] == [
            (each.frame, each.shot.first, each.shot.end - each.shot.first) for each in edit.shots()
        ]
        assert all((session / row[0]).is_file() for row in found)
    assert read_otio(session / "timeline.otio", manifest) == edit


def test_melt_plays_the_kdenlive_project_picture_by_picture_also_after_the_folder_moved(
    session: Path, tmp_path: Path
) -> None:
    assert director(session, "--to", "kdenlive").exit_code == 0
    _, edit = edit_of(session)
    moved = session.rename(tmp_path / "elsewhere")
    film_file = melted(moved / "timeline.kdenlive", tmp_path / "film.mkv")
    assert strips_of(film_file) == expected_strips(moved, edit)
    # What is heard is the mix alone: no microphone beside it.
    heard, mix = sound_of(film_file), sound_of(moved / "cam_1_iso.mp4")
    length = min(len(heard), len(mix)) - 4800
    difference = heard[4800:length] - mix[4800:length]
    assert np.sqrt((difference**2).mean()) < 0.02 * np.sqrt((mix**2).mean())


def test_melt_plays_another_edit_of_the_same_show(session: Path, tmp_path: Path) -> None:
    edit = film([("c", 60, 80), ("a", 80, 90)], [("b", 10, 25)], [("b", 24, 40)])
    out = tmp_path / "out"
    out.mkdir()
    exported = export_session(session, [Format.KDENLIVE, Format.OTIO], out, edit=edit)
    film_file = melted(exported.files[Format.KDENLIVE], tmp_path / "film.mkv")
    assert strips_of(film_file) == expected_strips(session, edit)
    assert read_otio(exported.files[Format.OTIO], exported.manifest) == edit


def test_elsewhere_files_are_named_as_seen_from_there(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "timelines"
    out.mkdir()
    assert director(session, "--out", out, "--to", "otio,kdenlive").exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["timeline.kdenlive", "timeline.otio"]
    assert f"../{session.parent.name.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}" in (
        out / "timeline.kdenlive"
    ).read_text("utf-8")
    manifest, edit = edit_of(session)
    assert read_otio(out / "timeline.otio", manifest) == edit


def test_json_says_what_was_written(session: Path) -> None:
    done = director(session, "--to", "EDL, otio,edl", "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0 and said["problems"] == []
    assert (said["shots"], said["markers"], said["fps"]) == (4, 3, [30000, 1001])
    assert said["files"] == [
        {"format": "edl", "path": str(session / "timeline.edl")},
        {"format": "otio", "path": str(session / "timeline.otio")},
    ]


def test_what_a_person_changed_is_not_replaced_unless_told_so(session: Path) -> None:
    assert director(session).exit_code == director(session).exit_code == 0
    edited = session / "timeline.edl"
    edited.write_bytes(edited.read_bytes().replace(b"CAM2", b"CAM3"))
    before = files_of(session)
    refused = director(session)
    assert refused.exit_code == 2 and f"{edited} was changed since it was written" in refused.stderr
    assert files_of(session) == before
    assert director(session, "--force").exit_code == 0
    assert b"CAM2" in edited.read_bytes()


def test_nothing_else_of_that_name_is_replaced(session: Path, tmp_path: Path) -> None:
    foreign, link, folder = (session / name for name in ("timeline.otio", "timeline.xml", "timeline.edl"))
    foreign.write_text("my notes", "utf-8")
    link.symlink_to(session / "program.mp4")
    folder.mkdir()
    for form in ("otio", "fcp7", "edl"):
        assert director(session, "--to", form).exit_code == 2
    assert director(session, "--to", "edl", "--force").exit_code == 2
    program = (session / "program.mp4").read_bytes()
    assert director(session, "--to", "fcp7", "--force").exit_code == 0
    assert not link.is_symlink() and (session / "program.mp4").read_bytes() == program


def test_a_recording_is_never_replaced_whatever_its_name(session: Path) -> None:
    manifest = read_manifest(session)
    (session / "cam_1_iso.mp4").rename(session / "timeline.xml")
    files = (
        part.model_copy(update={"name": "timeline.xml"}) if part.name == "cam_1_iso.mp4" else part
        for part in manifest.files
    )
    write_manifest(session, manifest.model_copy(update={"files": tuple(files)}))
    before = files_of(session)
    refused = director(session, "--force")
    assert refused.exit_code == 2 and "timeline.xml is a recording of this session" in refused.stderr
    assert files_of(session) == before


def test_a_show_that_runs_or_was_not_closed_is_refused_and_a_recovered_one_is_not(session: Path) -> None:
    wreck_session(session)
    with lock_session(session):
        running = director(session)
    assert running.exit_code == 2 and "is still being recorded. Stop that show first." in running.stderr
    crashed = director(session)
    assert crashed.exit_code == 2 and f"First: director recover {session}" in crashed.stderr
    assert recover_session(session) is not None
    assert director(session).exit_code == 0
    manifest, edit = edit_of(session)
    assert read_otio(session / "timeline.otio", manifest) == edit


def test_missing_recordings_are_told_of_and_the_rest_is_written(session: Path) -> None:
    (session / "cam_2_iso.mp4").unlink()
    done = director(session, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["problems"] == [f"cam_2_iso.mp4 is missing in {session}: editors will ask for it."]
    assert "cam_2_iso.mp4 is missing" in done.stderr
    assert set(NAMES) <= set(files_of(session))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--to", "aaf"],
            'There is no format "aaf". Name some of these with --to: otio, edl, fcp7, fcpxml, kdenlive.',
        ),
        (["--to", " , "], "Name at least one format"),
        (["--out", "nowhere"], "There is no folder nowhere to write timelines into."),
    ],
)
def test_bad_input_is_refused_in_a_sentence(session: Path, arguments: list[str], sentence: str) -> None:
    before = files_of(session)
    done = director(session, *arguments)
    assert done.exit_code == 2 and sentence in done.stderr and "Traceback" not in done.output
    assert files_of(session) == before


def test_what_is_no_session_is_refused(tmp_path: Path) -> None:
    done = director(tmp_path)
    assert done.exit_code == 2 and "is no session" in done.stderr


def test_a_way_that_editors_cannot_read_is_refused(session: Path, tmp_path: Path) -> None:
    odd, out = tmp_path / "a\nb", tmp_path / "out"
    session.parent.rename(odd)
    out.mkdir()
    done = director(odd / session.name, "--out", out)
    assert done.exit_code == 2 and "characters that editors cannot read" in done.stderr
    assert list(out.iterdir()) == []
    assert director(odd / session.name).exit_code == 0


def test_a_disk_that_says_no_is_told_of(session: Path) -> None:
    """The small file is whole, of the large one nothing is there."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, usual[1]))
    try:
        done = director(session, "--to", "edl,fcp7")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert done.exit_code == 2 and "timeline.xml cannot be written: File too large." in done.stderr
    assert [name for name in files_of(session) if "timeline" in name] == ["timeline.edl"]


def test_an_export_of_the_same_show_is_the_same_file(session: Path) -> None:
    export_session(session, tuple(Format))
    first = files_of(session, NAMES)
    export_session(session, tuple(Format), replacing=Replacing.OWN)
    assert files_of(session, NAMES) == first
