"""Looks at a film before it gets its name: its length, its first and last picture, its sound. Changes nothing."""

from pathlib import Path

import av

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.post.render.errors import RenderError
from director_app.post.render.sound_file import AAC_FRAME

_NOT_KEPT = "Nothing was kept of it. Render again; if it happens again, check the session with: director check"


def check_film(path: Path, canvas: Canvas, frames: int) -> None:
    """Raises RenderError with what is wrong. canvas: for its rate."""
    try:
        with av.open(str(path)) as container:
            problem = _problem(container, canvas, frames)
    except (OSError, av.FFmpegError) as error:
        problem = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    if problem is not None:
        raise RenderError(f"The film was not made as it should be: {problem}. {_NOT_KEPT}")


def _problem(container: av.container.InputContainer, canvas: Canvas, frames: int) -> str | None:
    video, sound = container.streams.video[0], container.streams.audio[0]
    pictures = len(video.index_entries)
    if pictures != frames:
        return f"it has {pictures} pictures instead of {frames}"
    assert video.time_base is not None and sound.time_base is not None
    length = round((video.duration or 0) * video.time_base * canvas.fps)
    if length != frames:
        return f"its pictures last {length} frames instead of {frames}"
    wanted, heard = frames * SAMPLE_RATE / canvas.fps, (sound.duration or 0) * sound.time_base * SAMPLE_RATE
    if abs(heard - wanted) > AAC_FRAME:
        return f"its sound lasts {float(heard) / SAMPLE_RATE:.3f} s instead of {float(wanted) / SAMPLE_RATE:.3f} s"
    for frame in (0, frames - 1):
        if not _decodes(container, video, frame, canvas):
            return f"its picture {frame} cannot be decoded"
    return None


def _decodes(container: av.container.InputContainer, video: av.VideoStream, frame: int, canvas: Canvas) -> bool:
    assert video.time_base is not None
    wanted = round(frame / canvas.fps / video.time_base)
    container.seek(wanted, stream=video, backward=True)
    return any(picture.pts is not None and picture.pts >= wanted for picture in container.decode(video))
