"""After the show: what films cost against FFmpeg encoding the same pictures, and whether they are right.

A generated show of ten minutes, three cameras, 1080p30, with speech. FFmpeg encodes one minute of the very film that
was made, which is the cheapest way for it (one input), and its cost is scaled to the film's length.
"""

import random
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.edits import Edit, parts_of
from director_app.media.strip import read_luma_strip
from director_app.post.render.film import render_film
from director_app.post.render.order import FilmOrder, RenderedFilm
from director_app.post.render.peaks import write_peaks
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sheets import write_contact_sheet, write_thumbnails
from director_app.post.render.sound import film_sound, open_sound
from director_app.post.render.source import RenderSource
from tests.bench.post_material import CANVAS, HEAD, add_program, cut_at, long_show, strip_of
from tests.bench.row import Row, at_least, at_most, shown
from tests.helpers.rendered import sound_of

MINUTES = 10
SLOTS = MINUTES * 60 * 30
_CUTS_A_MINUTE = 5
_REEL = 10, 42
"""Ranges, and seconds of each."""

_FFMPEG_S = 60
_SOUND_STAGES = (Stage.LISTENING, Stage.SOUND)
_LOOK_S = 0.05


def rows(folder: Path) -> Iterator[Row]:
    """A re-cut at moments without key frames, reels of ranges, and pictures and waveforms for the desk."""
    began_s = _cpu_s()
    show = long_show(folder, MINUTES)
    yield shown("post-material", _cpu_s() - began_s, "s CPU", f"{MINUTES} min, 3 cameras, 1080p30")
    master, edit = (
        folder / "master.mp4",
        cut_at(random.Random(9).sample(range(1, SLOTS), MINUTES * _CUTS_A_MINUTE), SLOTS),
    )
    yield from _recut_rows(show, edit, master)
    yield from _highlight_rows(show, edit, folder / "highlights.mp4")
    yield _desk_row(show, master, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield shown("post-memory", peak, "MB", "most that this process ever held, the making of the show included")


def _recut_rows(show: Path, edit: Edit, output: Path) -> Iterator[Row]:
    film, spent = _rendered(FilmOrder(show, edit, output))
    encoded_s = _ffmpeg_s(output, "-an") * MINUTES * 60 / _FFMPEG_S
    sound_s = sum(spent.by_stage.get(each, 0.0) for each in _SOUND_STAGES)
    remark = f"{spent.total_s - sound_s:.1f} against {encoded_s:.0f} s CPU; {film.why}"
    yield at_least("post-recut-pictures", encoded_s / (spent.total_s - sound_s), "times", 20, remark)
    remark = f"{spent.total_s:.1f} s CPU with loudness, limiter and AAC"
    yield at_least("post-recut", encoded_s / spent.total_s, "times", 10, remark)
    yield at_most("post-recut-wrong", wrong_pictures(output, edit), "pictures", 0, f"of {len(edit)}, by strip")
    yield from _loudness_rows(film)
    yield at_most("post-recut-sound", 1000 * _worst_offset_s(show, edit, output), "ms", 20, "at both ends")


def _highlight_rows(show: Path, recut: Edit, output: Path) -> Iterator[Row]:
    """Ranges that begin anywhere: of a live cut, whose heads are in the program, and of one that was made again."""
    count, length_s = _REEL
    random_ = random.Random(4)
    period = round(CANVAS.fps * 2)
    keys = random_.sample(range(1, SLOTS // period), MINUTES * _CUTS_A_MINUTE)
    live = cut_at([period * each - HEAD for each in keys], SLOTS)
    film, _ = _rendered(FilmOrder(show, live, output.with_name("live.mp4")))
    add_program(show, film.path, live)
    firsts = [number * SLOTS // count + random_.randint(0, SLOTS // count - length_s * 30) for number in range(count)]
    ranges = [(first, first + length_s * 30) for first in firsts]
    yield from _reel_rows("post-highlights", show, parts_of(live, ranges), output)
    again = output.with_name("recut-highlights.mp4")
    yield from _reel_rows("post-recut-highlights", show, parts_of(recut, ranges), again)


def _reel_rows(name: str, show: Path, edit: Edit, output: Path) -> Iterator[Row]:
    reel, spent = _rendered(FilmOrder(show, edit, output))
    encoded_s = _ffmpeg_s(output, "-c:a", "aac") * len(edit) / 30 / _FFMPEG_S
    count, length_s = _REEL
    sound_s = sum(spent.by_stage.get(each, 0.0) for each in _SOUND_STAGES)
    remark = f"{spent.total_s:.1f} (sound {sound_s:.1f}) against {encoded_s:.0f} s CPU; {count} x {length_s} s"
    yield at_least(name, encoded_s / spent.total_s, "times", 15, remark)
    remark = f"of {len(edit)}, by strip; {reel.encoded_frames} encoded anew"
    yield at_most(f"{name}-wrong", wrong_pictures(output, edit), "pictures", 0, remark)
    worst_s = _worst_offset_s(show, edit, output)
    yield at_most(f"{name}-sound", 1000 * worst_s, "ms", 20, f"worst of both ends of {count} ranges")


@dataclass(slots=True)
class _Spent:
    """CPU seconds, children included."""

    total_s: float = 0.0
    by_stage: dict[Stage, float] = field(default_factory=dict)


def _rendered(order: FilmOrder) -> tuple[RenderedFilm, _Spent]:
    spent, began_s = _Spent(), _cpu_s()
    last_s = began_s

    def tell(stage: Stage, done: int, of: int) -> None:
        nonlocal last_s
        now_s = _cpu_s()
        spent.by_stage[stage] = spent.by_stage.get(stage, 0.0) + now_s - last_s
        last_s = now_s

    film = render_film(order, Progress(tell))
    spent.total_s = _cpu_s() - began_s
    return film, spent


def _ffmpeg_s(film: Path, *sound: str) -> float:
    """CPU seconds that FFmpeg takes for one minute of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["ffmpeg", "-v", "error", "-nostdin", "-t", str(_FFMPEG_S), "-i", str(film)]
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "22"]
    subprocess.run([*command, *encode, *sound, "-f", "mp4", "-y", str(film.with_name("ffmpeg.mp4"))], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wrong_pictures(film: Path, edit: Edit) -> int:
    """Wrong, missing and doubled ones together."""
    wanted = [
        strip_of(each.shot.camera, slot) for each in edit.shots() for slot in range(each.shot.first, each.shot.end)
    ]
    wrong = seen = 0
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        for frame in container.decode(video):
            plane = frame.planes[0]
            luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
            wrong += seen >= len(wanted) or read_luma_strip(luma) != wanted[seen]
            seen += 1
    return wrong + max(0, len(wanted) - seen)


def _loudness_rows(film: RenderedFilm) -> Iterator[Row]:
    """As another program hears it."""
    command = [
        shutil.which("ffmpeg") or "ffmpeg",
        "-nostats",
        "-i",
        str(film.path),
        "-vn",
        "-af",
        "ebur128=peak=true",
    ]
    said = subprocess.run([*command, "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    lufs, peak_db = (
        float(found[1]) if (found := re.search(pattern, summary)) else float("nan")
        for pattern in (r"I:\s+(-?[\d.]+) LUFS", r"Peak:\s+(-?[\d.]+) dBFS")
    )
    before = film.sound.before
    yield at_most("post-loudness", abs(lufs + 16), "LU", 0.5, f"{lufs} LUFS, was {before.lufs}; FFmpeg's own meter")
    yield at_most("post-true-peak", peak_db, "dBTP", -1.0, f"highest sample was {before.peak_db}")


def _worst_offset_s(show: Path, edit: Edit, film: Path) -> float:
    """How far the sound lies from where it belongs, at the beginning and the end of everything that runs through."""
    heard = sound_of(film)
    with RenderSource(show) as source:
        sound, _ = open_sound(source)
        with closing(sound):
            wanted = np.concatenate(list(film_sound(sound, edit, CANVAS)))
    worst, frame = 0.0, 0
    for stretch in edit.stretches:
        for first in (frame, frame + len(stretch) - 60):
            begin = CANVAS.first_sample_of(first)
            worst = max(worst, _offset_s(heard, wanted[begin : begin + 2 * SAMPLE_RATE], begin))
        frame += len(stretch)
    return worst


def _offset_s(heard: np.ndarray[tuple[int], np.dtype[np.float32]], wanted: np.ndarray, begin: int) -> float:
    reach = round(_LOOK_S * SAMPLE_RATE)
    low = max(0, begin - reach)
    piece = heard[low : begin + len(wanted) + reach]
    size = 1 << (len(piece) + len(wanted)).bit_length()
    match = np.fft.irfft(np.fft.rfft(piece, size) * np.conj(np.fft.rfft(wanted, size)))
    return abs(low + int(match[: 2 * reach].argmax()) - begin) / SAMPLE_RATE


def _desk_row(show: Path, film: Path, folder: Path) -> Row:
    began_s = _cpu_s()
    write_contact_sheet(film, folder / "sheet.jpg", "Measurement")
    write_thumbnails(film, folder / "thumbnails.jpg")
    pictures_s = _cpu_s() - began_s
    began_s = _cpu_s()
    write_peaks(show, folder / "peaks.npz")
    peaks_s = (_cpu_s() - began_s) * 60 / MINUTES
    remark = f"sheet and 120 thumbnails {pictures_s:.2f}; peaks of 3 microphones {peaks_s:.1f}, from {MINUTES} min"
    return at_most("post-desk-hour", pictures_s + peaks_s, "s CPU", 10, remark)


def _cpu_s() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
