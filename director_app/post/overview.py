"""overview.png: the whole show on one sheet, for people who would rather look than read.

Above, who spoke when and what was on air; below, the first picture of every shot with the reason of its cut.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

from director_app.core.canvas import timecode
from director_app.core.cut_list import Shot
from director_app.media.lettering import REGULAR, SEMIBOLD, fitting, font
from director_app.post.cuts import CUT_TYPES, recorded_cuts
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import FileRole, Manifest, read_manifest

WIDTH = 1600
MARGIN = 32
_LABELS = 120
_LANE = 26
_COLUMNS = 4
_CARD_TEXT = 78
_MOST_CARDS = 48

GROUND, PANEL, LINE = "#0E0F11", "#16181B", "#26292E"
TEXT, QUIET, AUTO, TAKE, WARN = "#ECEEF1", "#9198A2", "#5AA9FF", "#E6E9ED", "#F2B23A"
COLOURS = ("#74D2C6", "#DDBB7E", "#CB8ABD", "#8291AD", "#9CCB7F", "#D98E73", "#7FA8D9", "#C9C36B", "#B59AE0")
FILLS = ("#335653", "#5B5036", "#553E52", "#3A4350", "#40552F", "#5A3C31", "#33485F", "#545130", "#4A3F60")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything that is drawn, gathered from a session."""

    manifest: Manifest
    events: Sequence[EventRecord]
    shots: Sequence[Shot]
    length_s: float

    def x(self, t_s: float) -> float:
        """Where a moment lies."""
        span = WIDTH - 2 * MARGIN - _LABELS
        return MARGIN + _LABELS + span * min(1.0, max(0.0, t_s / max(self.length_s, 1e-9)))

    def colour(self, camera: str, palette: Sequence[str]) -> str:
        """The identity colour of a camera."""
        index = next((i for i, each in enumerate(self.manifest.cameras) if each.id == camera), 0)
        return palette[index % len(palette)]

    def title(self, camera: str) -> str:
        """Number and label of a camera."""
        each = next(each for each in self.manifest.cameras if each.id == camera)
        return f"{each.number} {each.label}"


class OverviewStopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """keep_going said no; nothing was written."""


def draw_overview(folder: Path, path: Path, keep_going: Callable[[], bool] = lambda: True) -> None:
    """Draws the sheet of a closed session. Raises ManifestError, OSError, OverviewStopped.

    keep_going: asked before every picture, because a long show has many, and each is decoded.
    """
    manifest = read_manifest(folder)
    events = read_events(folder)
    canvas = manifest.canvas.canvas()
    slots = manifest.slots or 0
    shots = recorded_cuts(manifest, events).shots(slots)
    sheet = _Sheet(manifest, events, shots, canvas.slot_time_s(slots))
    shown = _chosen(shots)
    rows = (len(shown) + _COLUMNS - 1) // _COLUMNS
    lanes_top = 96
    cards_top = lanes_top + (len(manifest.microphones) + 1) * (_LANE + 8) + 64
    card_width = (WIDTH - 2 * MARGIN - (_COLUMNS - 1) * 16) // _COLUMNS
    picture_height = card_width * canvas.height // canvas.width
    card_height = picture_height + _CARD_TEXT
    image = Image.new("RGB", (WIDTH, cards_top + rows * (card_height + 16) + MARGIN), GROUND)
    draw = ImageDraw.Draw(image)
    _draw_head(draw, sheet)
    _draw_lanes(draw, sheet, lanes_top)
    reasons = _reasons(sheet)
    pictures = _first_pictures(folder, manifest, shown, (card_width, picture_height))
    for index, (shot, picture) in enumerate(zip(shown, pictures, strict=True)):
        if not keep_going():
            pictures.close()
            raise OverviewStopped(path)
        left = MARGIN + index % _COLUMNS * (card_width + 16)
        top = cards_top + index // _COLUMNS * (card_height + 16)
        _draw_card(image, sheet, shot, (left, top, card_width, picture_height), (picture, reasons.get(shot.first)))
    if not keep_going():
        raise OverviewStopped(path)
    part = path.with_name(f".{path.name}.part")
    image.save(part, "PNG", optimize=True)
    part.replace(path)


def _chosen(shots: Sequence[Shot]) -> Sequence[Shot]:
    """All shots, or as many evenly spread ones as fit on a sheet."""
    if len(shots) <= _MOST_CARDS:
        return shots
    return [shots[index * len(shots) // _MOST_CARDS] for index in range(_MOST_CARDS)]


def _draw_head(draw: ImageDraw.ImageDraw, sheet: _Sheet) -> None:
    manifest = sheet.manifest
    title = fitting(manifest.title, SEMIBOLD, 26, WIDTH - 2 * MARGIN)
    draw.text((MARGIN, 26), title, TEXT, font(SEMIBOLD, 26))
    cuts = max(0, len(sheet.shots) - 1)
    per_minute = cuts / max(sheet.length_s / 60, 1e-9)
    when = manifest.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    facts = f"{when}   {timecode(sheet.length_s)}   {cuts} cuts, {per_minute:.1f} a minute"
    draw.text((MARGIN, 62), facts, QUIET, font(REGULAR, 15))


def _draw_lanes(draw: ImageDraw.ImageDraw, sheet: _Sheet, top: int) -> None:
    for index, microphone in enumerate(sheet.manifest.microphones):
        middle = top + index * (_LANE + 8) + _LANE // 2
        label = fitting(microphone.label, REGULAR, 15, _LABELS - 12)
        draw.text((MARGIN, middle), label, TEXT, font(REGULAR, 15), anchor="lm")
        draw.line((sheet.x(0), middle, sheet.x(sheet.length_s), middle), LINE)
        for first_s, end_s in _speech(sheet, microphone.id):
            box = (sheet.x(first_s), middle - 6, max(sheet.x(end_s), sheet.x(first_s) + 2), middle + 6)
            draw.rounded_rectangle(box, 3, sheet.colour(microphone.camera, COLOURS))
    _draw_program(draw, sheet, top + len(sheet.manifest.microphones) * (_LANE + 8))


def _draw_program(draw: ImageDraw.ImageDraw, sheet: _Sheet, top: int) -> None:
    canvas = sheet.manifest.canvas.canvas()
    draw.text((MARGIN, top + _LANE // 2 + 4), "Program", TEXT, font(SEMIBOLD, 15), anchor="lm")
    takes = {event.get("slot") for event in sheet.events if event["type"] == "manual_cut"}
    for shot in sheet.shots:
        left, right = sheet.x(canvas.slot_time_s(shot.first)), sheet.x(canvas.slot_time_s(shot.end))
        draw.rectangle((left, top, right - 1, top + _LANE + 8), sheet.colour(shot.camera, FILLS))
        draw.rectangle((left, top, right - 1, top + 3), sheet.colour(shot.camera, COLOURS))
        name = sheet.title(shot.camera)
        if font(REGULAR, 13).getlength(name) < right - left - 8:
            draw.text((left + 6, top + _LANE // 2 + 6), name, TEXT, font(REGULAR, 13), anchor="lm")
        if shot.first:
            colour = TAKE if shot.first in takes else AUTO
            draw.polygon([(left - 5, top - 8), (left + 5, top - 8), (left, top - 1)], colour)
    _draw_times(draw, sheet, top + _LANE + 16)
    _draw_marks(draw, sheet, top)


def _draw_times(draw: ImageDraw.ImageDraw, sheet: _Sheet, top: int) -> None:
    steps = (1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600)
    step = next((each for each in steps if sheet.length_s / each <= 12), 7200)
    for index in range(int(sheet.length_s // step) + 1):
        x = sheet.x(index * step)
        draw.line((x, top - 6, x, top), LINE)
        draw.text(
            (x, top + 2), timecode(index * step)[:-2].removeprefix("00:"), QUIET, font(REGULAR, 12), anchor="mt"
        )


def _draw_marks(draw: ImageDraw.ImageDraw, sheet: _Sheet, top: int) -> None:
    """Trouble and markers over the program lane."""
    for event in sheet.events:
        x = sheet.x(float(event["t_s"]))
        if event["type"] in {"source_lost", "source_frozen", "source_black", "disk_low"}:
            draw.polygon([(x, top - 20), (x - 6, top - 10), (x + 6, top - 10)], WARN)
        elif event["type"] == "marker":
            draw.rectangle((x, top - 20, x + 9, top - 14), TEXT)
            draw.line((x, top - 20, x, top - 4), TEXT)


def _speech(sheet: _Sheet, microphone: str) -> Iterator[tuple[float, float]]:
    first_s: float | None = None
    for event in sheet.events:
        if event.get("microphone") != microphone:
            continue
        if event["type"] == "speaking_start":
            first_s = float(event["t_s"])
        elif event["type"] == "speaking_stop" and first_s is not None:
            yield first_s, float(event["t_s"])
            first_s = None
    if first_s is not None:
        yield first_s, sheet.length_s


def _reasons(sheet: _Sheet) -> dict[int, EventRecord]:
    """The cut that began each shot, by slot."""
    cuts = (event for event in sheet.events if event["type"] in CUT_TYPES)
    return {event["slot"]: event for event in cuts if isinstance(event.get("slot"), int)}


def _draw_card(
    image: Image.Image,
    sheet: _Sheet,
    shot: Shot,
    box: tuple[int, int, int, int],
    content: tuple[Image.Image | None, EventRecord | None],
) -> None:
    left, top, width, height = box
    picture, cut = content
    draw = ImageDraw.Draw(image)
    draw.rectangle((left, top, left + width, top + height + _CARD_TEXT), PANEL)
    if picture is not None:
        image.paste(picture, (left, top))
    draw.rectangle((left, top + height, left + width, top + height + 3), sheet.colour(shot.camera, COLOURS))
    canvas = sheet.manifest.canvas.canvas()
    when = timecode(canvas.slot_time_s(shot.first))[3:]
    draw.text((left + 12, top + height + 14), when, QUIET, font(REGULAR, 14))
    title = fitting(sheet.title(shot.camera), SEMIBOLD, 14, width - 100)
    draw.text((left + 82, top + height + 14), title, TEXT, font(SEMIBOLD, 14))
    reason = "The show opens." if cut is None else str(cut.get("reason", ""))
    for line, text in enumerate(_wrapped(reason, width - 24)[:2]):
        draw.text((left + 12, top + height + 36 + 18 * line), text, TEXT, font(REGULAR, 14))


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(REGULAR, 14).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fitting(word, REGULAR, 14, width))
    return [line for line in lines if line]


def _first_pictures(
    folder: Path, manifest: Manifest, shots: Sequence[Shot], size: tuple[int, int]
) -> Generator[Image.Image | None, None, None]:
    """The program's picture at the beginning of each shot, which is a key frame or soon after one."""
    program = manifest.file(FileRole.PROGRAM)
    fps = manifest.canvas.canvas().fps
    try:
        container = av.open(str(folder / (program.name if program else "")))
    except (OSError, av.FFmpegError):
        yield from (None for _ in shots)
        return
    with container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        for shot in shots:
            container.seek(int(shot.first / fps / stream.time_base), stream=stream, backward=True)
            yield _picture_at(container, float(shot.first / fps), size)


def _picture_at(container: av.container.InputContainer, at_s: float, size: tuple[int, int]) -> Image.Image | None:
    try:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= at_s - 1e-3:
                rgb = np.asarray(frame.to_ndarray(format="rgb24", width=size[0], height=size[1]), np.uint8)
                return Image.fromarray(rgb)
    except av.FFmpegError:
        return None
    return None
