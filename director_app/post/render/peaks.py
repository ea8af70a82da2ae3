"""Waveforms for the desk: the lowest and the highest sample of every 10 ms of every microphone, in one small file.

The file is an .npz (NumPy's, plain zip): `header`, a JSON text, and one int16 array (pieces, 2) for each microphone,
named by its id; 32767 is full scale. A microphone whose file cannot be read has no array, and the header says why.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.sound.packets import FULL_SCALE
from director_app.post.remux import PART
from director_app.post.render.errors import RenderError
from director_app.post.render.parts import unwritable
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sound import microphone_paths
from director_app.post.render.sound_track import SoundTrack
from director_app.post.render.source import RenderSource, refuse_recordings

PIECE_S = 0.01
_PIECE = round(PIECE_S * SAMPLE_RATE)
_BLOCK = 200 * _PIECE
_HEADER = "header"
_VERSION = 1

Extremes = NDArray[np.int16]
"""Shape (pieces, 2): lowest and highest of each."""


@dataclass(frozen=True, slots=True)
class Peaks:
    """problems: sentences by microphone, for those whose file is missing or lacks something."""

    piece_s: float
    microphones: Mapping[str, Extremes]
    problems: Mapping[str, str]


def write_peaks(session: Path, output: Path, progress: Progress | None = None) -> Peaks:
    """Of all microphones of a closed session. Raises RenderError, ManifestError."""
    progress = progress or Progress()
    with RenderSource(session) as source:
        refuse_recordings(source, output)
        samples = source.canvas.first_sample_of(source.slots)
        names = [each.id for each in source.manifest.microphones]
        found: dict[str, Extremes] = {}
        problems: dict[str, str] = {}
        for number, (name, path) in enumerate(zip(names, microphone_paths(source), strict=True)):
            try:
                with SoundTrack(path) as track:
                    found[name] = _extremes(track, samples, progress, number, len(names))
                    lacks_s = sum(end - first for first, end in track.silent) / SAMPLE_RATE
                if lacks_s > PIECE_S:
                    problems[name] = f"{path.name} lacks {lacks_s:.2f} s of the show."
            except RenderError as error:
                problems[name] = str(error)
    peaks = Peaks(PIECE_S, found, problems)
    _save(peaks, output)
    return peaks


def read_peaks(path: Path) -> Peaks:
    """What write_peaks wrote. Raises RenderError."""
    try:
        with np.load(path, allow_pickle=False) as content:
            header = json.loads(str(content[_HEADER]))
            microphones = {name: content[name] for name in content.files if name != _HEADER}
        return Peaks(float(header["piece_s"]), microphones, dict(header["problems"]))
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise RenderError(f"{path.name} holds no waveforms ({error}). Make them again.") from None


def _extremes(track: SoundTrack, samples: int, progress: Progress, number: int, of: int) -> Extremes:
    out = np.zeros((-(-samples // _PIECE), 2), np.int16)
    block = np.empty(_BLOCK, np.int32)
    for at in range(0, samples, _BLOCK):
        count = min(_BLOCK, samples - at)
        track.read_into(block[:count], at)
        block[count:] = 0
        rows = block[: -(-count // _PIECE) * _PIECE].reshape(-1, _PIECE)
        first = at // _PIECE
        for column, extreme in enumerate((rows.min(axis=1), rows.max(axis=1))):
            out[first : first + len(rows), column] = extreme // (FULL_SCALE >> 15)
        progress.at(Stage.WAVEFORMS, number * samples + at + count, of * samples)
    return out


def _save(peaks: Peaks, output: Path) -> None:
    header = {"version": _VERSION, "piece_s": peaks.piece_s, "problems": dict(peaks.problems)}
    part = output.with_name(f".{output.name}{PART}")
    try:
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **{_HEADER: np.array(json.dumps(header))}, **peaks.microphones)
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except OSError as error:
        raise unwritable(output, error) from None
    finally:
        part.unlink(missing_ok=True)
