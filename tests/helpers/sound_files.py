"""Sound files of many kinds, made by the test that needs them."""

from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from director_app.capture.demo import DEMO_PEOPLE, DemoPerson, demo_microphone_file
from director_app.capture.sound_file import SoundFile

RATE = 48_000


def demo_sound(who: DemoPerson, seconds: float) -> NDArray[np.float32]:
    """The beginning of one microphone of the demo, mono, full scale 1.0."""
    file = SoundFile(demo_microphone_file(who))
    sound = file.read(round(seconds * RATE))[:, 0]
    file.close()
    return sound


def demo_files(folder: Path, seconds: float = 20.0) -> list[Path]:
    """The demo's microphones as FLAC."""
    return [write_sound(folder / f"{who}.flac", demo_sound(who, seconds)) for who in DEMO_PEOPLE]


def write_sound(path: Path, sound: NDArray[Any], codec: str | None = None, rate: int = RATE) -> Path:
    """sound: shape (samples,) or (channels, samples), full scale 1.0; the kind of file follows from the name."""
    channels = np.atleast_2d(sound)
    codec = (
        codec
        or {".wav": "pcm_s24le", ".flac": "flac", ".ogg": "libopus", ".opus": "libopus", ".mp3": "mp3"}[path.suffix]
    )
    form, dtype, scale = _FORMS[codec]
    # NaN and infinities stay what they are in files that can hold them.
    values = channels if scale == 1 else np.clip(np.rint(channels * scale + _ZERO.get(form, 0)), *_LIMITS[form])
    if codec in {"pcm_s24le", "flac"}:
        values = values * 256
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono" if len(channels) == 1 else "stereo")
        assert isinstance(stream, AudioStream)
        stream.codec_context.format = form
        planar = values.astype(dtype)
        for first in range(0, planar.shape[1], _PIECE):
            piece = planar[:, first : first + _PIECE]
            shaped = piece if form.endswith("p") else np.ascontiguousarray(piece.T).reshape(1, -1)
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(shaped), form, stream.codec_context.layout.name)
            frame.rate = rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


_FORMS: dict[str, tuple[str, str, float]] = {
    "pcm_u8": ("u8", "u1", 2.0**7),
    "pcm_s16le": ("s16", "<i2", 2.0**15),
    "pcm_s24le": ("s32", "<i4", 2.0**23),
    "pcm_s32le": ("s32", "<i4", 2.0**31),
    "pcm_f32le": ("flt", "<f4", 1),
    "pcm_f64le": ("dbl", "<f8", 1),
    "flac": ("s32", "<i4", 2.0**23),
    "libopus": ("flt", "<f4", 1),
    "mp3": ("fltp", "<f4", 1),
}
_PIECE = 960
_ZERO = {"u8": 128}
_LIMITS = {"u8": (0, 255), "s16": (-(2**15), 2**15 - 1), "s32": (-(2.0**31), 2.0**31 - 1)}
