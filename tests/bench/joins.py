"""Films joined of copied and encoded packets, in everybody's decoders: is every picture the one that it should be?

Each row counts pictures that are wrong, missing or doubled, by their strips. A control film, whose joins are bad on
purpose, shows that every decoder's row could have failed.
"""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path

import av
import numpy as np

from director_app.media.mp4_reader import Mp4Reader
from director_app.media.nal import parameter_sets_of, to_annex_b
from director_app.media.strip import Strip, read_luma_strip, strip_height
from tests.bench.chromium import ChromiumError, chromium_version, seen_by_playing, seen_by_seeking
from tests.bench.joins_material import JoinedFilm, joined_films
from tests.bench.openh264 import OpenH264, OpenH264Error
from tests.bench.post_material import CANVAS
from tests.bench.row import Row, at_least, at_most, unmeasured

PRESETS = ("ultrafast", "superfast")
"""Those of recordings; they differ in parameter sets and in how bits are coded."""

_BESIDE, _FAR = 2, 777
"""Frames: how far around a join is looked, and how far away between two joins."""

_INSTALL = "type scripts/system-packages bench"

Found = tuple[int, Strip | None]
"""A frame, and what its strip says."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """mistakes: wrong, missing and doubled pictures among so many."""

    mistakes: int
    pictures: int


@dataclass(frozen=True, slots=True)
class _Decoder:
    """title: says its version, and fails where it is not there. how: what was looked at."""

    name: str
    title: Callable[[], str]
    look: Callable[[JoinedFilm], _Looked]
    how: str


def rows(folder: Path) -> Iterator[Row]:
    """For recordings of either preset."""
    for preset in PRESETS:
        yield from rows_of(folder, preset)


def rows_of(folder: Path, preset: str) -> Iterator[Row]:
    """Every decoder over every film of one show; the highlights, which have joins of all kinds, are also played."""
    *films, control = joined_films(folder, preset)
    joins = sum(len(film.joins) for film in films)
    caught: dict[str, int] = {}
    for decoder in _DECODERS:
        name = f"joins-{preset}-{decoder.name}"
        try:
            title = decoder.title()
            looked = [decoder.look(film) for film in films]
            caught[decoder.name] = decoder.look(control).mistakes
        except (ChromiumError, OpenH264Error, FileNotFoundError) as error:
            yield unmeasured(name, f"{error} ({_INSTALL})")
            continue
        pictures = sum(each.pictures for each in looked)
        remark = f"of {pictures} {decoder.how}; {len(films)} films, {joins} joins; {title}"
        yield at_most(name, sum(each.mistakes for each in looked), "pictures", 0, remark)
    said = ", ".join(f"{name} {count}" for name, count in caught.items())
    remark = f"wrong pictures of a film with bad joins, least of all decoders: {said}"
    yield at_least(f"joins-{preset}-control", min(caught.values(), default=0), "pictures", 1, remark)
    yield _played(f"joins-{preset}-playing", films[1])


def _played(name: str, film: JoinedFilm) -> Row:
    """What is shown must be right and in order; a busy computer leaves pictures out, which is no film's mistake."""
    try:
        seen, title = seen_by_playing(film.path, CANVAS), chromium_version()
    except ChromiumError as error:
        return unmeasured(name, f"{error} ({_INSTALL})")
    wrong = sum(each.frame >= len(film.wanted) or each.strip != film.wanted[each.frame] for each in seen)
    doubled = sum(after.frame <= before.frame for before, after in pairwise(seen))
    remark = f"wrong or doubled of {len(seen)} shown; the film has {len(film.wanted)}; {title}"
    return at_most(name, wrong + doubled, "pictures", 0, remark)


def _counted(asked: Sequence[int], seen: Sequence[Found], film: JoinedFilm) -> _Looked:
    """Position by position, so that a picture too few or too many spoils all that follow."""
    wanted: list[Found] = [(frame, film.wanted[frame]) for frame in asked]
    return _Looked(sum(one != other for one, other in zip_longest(wanted, seen)), len(wanted))


def _all_of(film: JoinedFilm, strips: Iterator[Strip | None]) -> _Looked:
    return _counted(range(len(film.wanted)), list(enumerate(strips)), film)


def _ffmpeg_version() -> str:
    said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout
    return f"FFmpeg {said.split()[2]}"


def _by_ffmpeg(film: JoinedFilm) -> _Looked:
    """Its lowest rows; every picture once, whatever its time."""
    rows = strip_height(CANVAS.width)
    cut = f"crop={CANVAS.width}:{rows}:0:{CANVAS.height - rows}"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(film.path), "-map", "0:v", "-vf", cut]
    out = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    raw = subprocess.run([*command, *out], capture_output=True, check=True).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, rows * 3 // 2, CANVAS.width)
    return _all_of(film, (read_luma_strip(picture[:rows]) for picture in pictures))


def _by_pyav(film: JoinedFilm) -> _Looked:
    with av.open(str(film.path)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        return _all_of(film, (_strip_of(frame) for frame in container.decode(video)))


def _strip_of(frame: av.VideoFrame) -> Strip | None:
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return read_luma_strip(luma[:, : plane.width])


def _openh264_version() -> str:
    with OpenH264() as decoder:
        return f"OpenH264 {decoder.version}"


def _by_openh264(film: JoinedFilm) -> _Looked:
    with Mp4Reader(film.path) as reader, OpenH264() as decoder:
        pictures = decoder.pictures(_annex_b(reader))
        return _all_of(film, (read_luma_strip(picture) for picture in pictures))


def _annex_b(reader: Mp4Reader) -> Iterator[bytes]:
    """The elementary stream, picture by picture."""
    sets = parameter_sets_of(reader.parameter_sets())
    for frame, packet in reader.video_packets():
        yield (b"" if frame else sets) + to_annex_b(bytes(packet))


def _by_seeking(film: JoinedFilm) -> _Looked:
    """Around each join, at every other one backwards, and far away before it."""
    last, asked = len(film.wanted) - 1, list[int]()
    for number, join in enumerate(film.joins):
        near = range(max(0, join - _BESIDE), min(last, join + _BESIDE) + 1)
        asked += [(join + _FAR) % (last + 1), *(reversed(near) if number % 2 else near)]
    seen = seen_by_seeking(film.path, CANVAS, asked)
    return _counted(asked, [(each.frame, each.strip) for each in seen], film)


_DECODERS = (
    _Decoder("ffmpeg", _ffmpeg_version, _by_ffmpeg, "pictures"),
    _Decoder("pyav", lambda: f"FFmpeg {av.ffmpeg_version_info} in PyAV", _by_pyav, "pictures"),
    _Decoder("openh264", _openh264_version, _by_openh264, "pictures"),
    _Decoder("chromium", chromium_version, _by_seeking, "seeks around joins and far away"),
)
