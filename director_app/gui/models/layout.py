"""Where everything stands on the desk, for any window, text scale and number of cameras. Arithmetic only; no Qt.

The program grows with the window, bars and strips with the text scale; where both want room, pictures give way.
"""

from dataclasses import dataclass

MINIMUM = (1120, 680)
COMPACT_BELOW = 800
_MARGIN = 12
_LEAST_OUTPUTS = 84


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column beyond."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row beyond."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class DeskLayout:
    """program: its frame and picture. tiles: one a camera. last_cuts: where a grid of tiles has room left over."""

    compact: bool
    top: Area
    program: Area
    program_bar: Area
    timeline: Area
    tiles: tuple[Area, ...]
    strip_height: int
    last_cuts: Area | None
    director: Area
    outputs: Area
    transport: Area


@dataclass(frozen=True, slots=True)
class _Measures:
    top: int
    transport: int
    strip: int
    gap: int
    director: int


def top_bar_height(window_height: int, scale: float) -> int:
    """Of the bar above every page, pixels. window_height: with the bar. scale: of text."""
    return round((44 if window_height / scale < COMPACT_BELOW else 48) * scale)


def top_bar_above(page_height: int, scale: float) -> int:
    """The same, where only the height of the page below it is known."""
    lower = top_bar_height(0, scale)
    return top_bar_height(page_height + lower, scale)


def desk_layout(width: int, height: int, scale: float, cameras: int, problems: int = 0) -> DeskLayout:
    """width, height: of the window, pixels. scale: of text, 1.0 to 1.5. problems: how many are listed."""
    compact = height / scale < COMPACT_BELOW
    measures = _measures(compact, top_bar_height(height, scale), scale, problems)
    timeline = round(min(240.0, max(132.0, 140 + 0.38 * (height - 720))))
    block = height - measures.top - measures.transport - timeline - 3 * _MARGIN
    program_width, picture_height = _program(block, width, scale)
    bar = max(round(46 * scale), min(round(52 * scale), block - picture_height))
    timeline += max(0, block - picture_height - bar)
    y = measures.top + _MARGIN
    program = Area(_MARGIN, y, program_width, picture_height)
    program_bar = Area(_MARGIN, program.bottom, program_width, bar)
    bottom = height - measures.transport - _MARGIN
    left = program.right + _MARGIN
    right = Area(left, y, width - _MARGIN - left, bottom - y)
    tiles, last_cuts, tiles_bottom = _tiles(right, measures, cameras)
    director = Area(right.x, tiles_bottom + _MARGIN, right.width, measures.director)
    outputs_y = director.bottom + _MARGIN
    return DeskLayout(
        compact=compact,
        top=Area(0, 0, width, measures.top),
        program=program,
        program_bar=program_bar,
        timeline=Area(_MARGIN, program_bar.bottom + _MARGIN, program_width, bottom - program_bar.bottom - _MARGIN),
        tiles=tiles,
        strip_height=measures.strip,
        last_cuts=last_cuts,
        director=director,
        outputs=Area(right.x, outputs_y, right.width, max(0, bottom - outputs_y)),
        transport=Area(0, height - measures.transport, width, measures.transport),
    )


def _measures(compact: bool, top: int, scale: float, problems: int) -> _Measures:  # noqa: FBT001 - a window's fact
    director = 52 if compact and problems else 96 if compact else 140
    transport, strip, gap = (56, 42, 8) if compact else (64, 48, 12)
    return _Measures(top, round(transport * scale), round(strip * scale), gap, round(director * scale))


def _program(block: int, width: int, scale: float) -> tuple[int, int]:
    """Width and height of the program's picture with its frame."""
    widest = min((block - round(48 * scale)) * 16 / 9, width - max(460, round(400 * scale)))
    program_width = max(320, int(widest) // 8 * 8)
    return program_width, round(program_width * 9 / 16)


def _tiles(right: Area, measures: _Measures, cameras: int) -> tuple[tuple[Area, ...], Area | None, int]:
    columns = 3 if cameras > 4 else 2
    rows = 1 if cameras == 1 else max(2, -(-cameras // columns))
    gap = measures.gap
    width = (right.width - gap * (columns - 1)) // columns
    room = right.height - measures.director - 2 * _MARGIN - _LEAST_OUTPUTS - gap * (rows - 1)
    height = min(round(width * 9 / 16) + measures.strip, room // rows)
    cells = [
        Area(right.x + column * (width + gap), right.y + row * (height + gap), width, height)
        for row in range(rows)
        for column in range(columns)
    ]
    bottom = right.y + rows * height + (rows - 1) * gap
    free = cells[cameras:]
    return tuple(cells[:cameras]), _last_cuts(free), bottom


def _last_cuts(free: list[Area]) -> Area | None:
    """The cells without a camera that stand in the last row, as one area."""
    if not free:
        return None
    row = [cell for cell in free if cell.y == free[-1].y]
    return Area(row[0].x, row[0].y, row[-1].right - row[0].x, row[0].height)
