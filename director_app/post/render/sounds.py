"""Sound as files of its own: each microphone as WAV, sample by sample as it was recorded, and the mix as WAV or MP3.

All of them begin with the show's slot 0 and are as long as it, so that they line up in any editor.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from director_app.core.canvas import SAMPLE_RATE, Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.media.recorded_file import RecordedFile
from director_app.post.render.errors import RenderError
from director_app.post.render.loudness import measured_mix
from director_app.post.render.mastering import master_sound, told
from director_app.post.render.order import LoudnessTarget, MasteredSound
from director_app.post.render.parts import FilmParts, written_or_nothing
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sound import best_sound, film_sound, microphone_paths
from director_app.post.render.sound_file import MP3, WAV, kept, kept_sound
from director_app.post.render.sound_track import SoundTrack
from director_app.post.render.source import RenderSource, refuse_recordings

_PIECE = 2 * SAMPLE_RATE
_BYTES_A_SAMPLE = 3


@dataclass(frozen=True, slots=True)
class SoundResult:
    """A file that is complete. sound: None for a microphone, which is left as it was recorded."""

    path: Path
    bytes: int
    samples: int
    sound: MasteredSound | None
    warnings: tuple[str, ...]


def write_microphone(session: Path, number: int, output: Path, progress: Progress | None = None) -> SoundResult:
    """Microphone `number`, from 1, as WAV: mono, 24 bit, 48 kHz; RF64 beyond 4 GB. Raises SessionError."""
    with RenderSource(session) as source:
        refuse_recordings(source, output)
        paths = microphone_paths(source)
        if not 1 <= number <= len(paths):
            raise RenderError(f"The session has no microphone {number}; it has {len(paths)}.")
        samples = source.canvas.first_sample_of(source.slots)
        with FilmParts(output) as parts, SoundTrack(paths[number - 1]) as track:
            parts.refuse_full_disk(samples * _BYTES_A_SAMPLE)
            with written_or_nothing(parts, session):
                _write_whole_numbers(parts.path(), track, samples, progress or Progress())
                size = parts.finish(parts.path())
            lacks_s = sum(end - first for first, end in track.silent) / SAMPLE_RATE
    warnings = (f"{paths[number - 1].name} lacks {lacks_s:.2f} s of the show: silent there.",) if lacks_s else ()
    return SoundResult(output, size, samples, None, warnings)


def write_mix(
    session: Path, output: Path, target: LoudnessTarget = LoudnessTarget.TALK, progress: Progress | None = None
) -> SoundResult:
    """The mix of the whole show as WAV (24 bit) or MP3, by the output's name. Raises SessionError."""
    form = {".wav": WAV, ".mp3": MP3}.get(output.suffix.lower())
    if form is None:
        raise RenderError(f"{output.name} is neither .wav nor .mp3. Choose one of them.")
    progress = progress or Progress()
    with RenderSource(session) as source:
        refuse_recordings(source, output)
        edit, canvas = _whole(source), source.canvas
        samples = canvas.first_sample_of(source.slots)
        needed = samples * (form.bit_rate or 2 * _BYTES_A_SAMPLE * 8 * SAMPLE_RATE) // 8 // SAMPLE_RATE
        with FilmParts(output) as parts, written_or_nothing(parts, session):
            mix = parts.path("mix")
            parts.refuse_full_disk(needed + 4 * samples)
            sound, before, warnings = best_sound(
                source,
                lambda each: measured_mix(
                    told(kept(film_sound(each, edit, canvas), mix), progress, Stage.LISTENING, samples)
                ),
            )
            sound.close()
            made, more = master_sound(lambda: kept_sound(mix), before, target, parts.path(), samples, progress, form)
            size = parts.finish(parts.path())
            return SoundResult(output, size, samples, replace(made, came_from=sound.came_from), (*warnings, *more))


def _whole(source: RenderSource) -> Edit:
    """Of any camera: only its sound is asked for."""
    camera = source.cast.cameras[0].id
    return Edit([Stretch((Shot(camera, Slot(0), Slot(source.slots)),))])


def _write_whole_numbers(path: Path, track: SoundTrack, samples: int, progress: Progress) -> None:
    file = RecordedFile(path)
    try:
        with av.open(file, "w", format="wav", options=dict(WAV.muxer)) as container:
            stream = container.add_stream(WAV.codec, rate=SAMPLE_RATE)
            assert isinstance(stream, AudioStream)
            stream.layout, stream.format = "mono", "s32"
            for at in range(0, samples, _PIECE):
                piece = track.read(at, min(_PIECE, samples - at)).astype(np.int32, copy=False)
                frame = AudioFrame.from_ndarray((piece << 8)[None], "s32", "mono")
                frame.sample_rate, frame.pts = SAMPLE_RATE, at
                for packet in stream.encode(frame):
                    container.mux_one(packet)
                progress.at(Stage.SOUND, at + len(piece), samples)
            for packet in stream.encode(None):
                container.mux_one(packet)
    except av.FFmpegError:
        if file.error is not None:
            raise file.error from None
        raise
    finally:
        file.close()
