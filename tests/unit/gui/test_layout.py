"""Where everything stands on the desk: the drawn sizes, and what must hold for any window."""

import itertools

import pytest

from director_app.gui.models.layout import MINIMUM, Area, DeskLayout, desk_layout


def _areas(layout: DeskLayout) -> list[Area]:
    every = [
        layout.top,
        layout.program,
        layout.program_bar,
        layout.timeline,
        *layout.tiles,
        layout.director,
        layout.outputs,
        layout.transport,
    ]
    return every + ([layout.last_cuts] if layout.last_cuts else [])


def _overlap(one: Area, other: Area) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def test_the_drawn_desk_of_1440_by_900() -> None:
    layout = desk_layout(1440, 900, 1.0, 4)
    assert not layout.compact
    assert layout.program == Area(12, 60, 880, 495)
    assert (layout.tiles[0].x, layout.tiles[0].y, layout.tiles[0].width) == (904, 60, 256)
    assert layout.tiles[0].height == 144 + 48
    assert layout.director.height == 140
    assert layout.transport == Area(0, 836, 1440, 64)


def test_the_drawn_desk_of_1280_by_720_is_compact() -> None:
    layout = desk_layout(1280, 720, 1.0, 4)
    assert layout.compact
    assert layout.program == Area(12, 56, 704, 396)
    assert layout.tiles[3].bottom <= 448
    assert layout.director.height == 96


def test_the_program_grows_with_the_window() -> None:
    widths = [desk_layout(width, width * 9 // 16, 1.0, 4).program.width for width in (1280, 1600, 1920, 2560, 3840)]
    assert widths == sorted(widths)
    assert widths[-1] > 2000


@pytest.mark.parametrize("cameras", range(1, 10))
@pytest.mark.parametrize("size", [MINIMUM, (1280, 720), (1440, 900), (1120, 1000), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("scale", [1.0, 1.2, 1.5])
def test_nothing_overlaps_and_nothing_leaves_the_window(cameras: int, size: tuple[int, int], scale: float) -> None:
    layout = desk_layout(*size, scale, cameras)
    areas = _areas(layout)
    assert len(layout.tiles) == cameras
    for one, other in itertools.combinations(areas, 2):
        assert not _overlap(one, other), (one, other)
    for area in areas:
        assert area.x >= 0 and area.y >= 0 and area.right <= size[0] and area.bottom <= size[1]
        assert area.width > 0 and area.height > 0


@pytest.mark.parametrize(("cameras", "columns"), [(4, 2), (5, 3), (6, 3)])
def test_up_to_four_cameras_stand_in_two_columns_and_more_in_three(cameras: int, columns: int) -> None:
    layout = desk_layout(1440, 900, 1.0, cameras)
    assert len({tile.x for tile in layout.tiles}) == columns


@pytest.mark.parametrize(("cameras", "has_list"), [(2, True), (3, True), (4, False), (5, True), (6, False)])
def test_cells_left_over_list_the_last_cuts(cameras: int, has_list: bool) -> None:  # noqa: FBT001 - a table's column
    assert (desk_layout(1440, 900, 1.0, cameras).last_cuts is not None) is has_list


def test_a_compact_desk_with_problems_keeps_only_the_modes() -> None:
    assert desk_layout(1280, 720, 1.0, 4, problems=2).director.height == 52
