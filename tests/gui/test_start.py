"""Where the window goes: settings may come from another computer, or be nonsense."""

from director_app.gui.start import Place, placed

_SCREENS: list[Place] = [(0, 0, 1440, 900), (1440, 0, 1920, 1080)]


def test_a_window_comes_back_to_where_it_was() -> None:
    assert placed((1500, 20, 1440, 900), _SCREENS) == (1500, 20, 1440, 900)
    assert placed(None, _SCREENS) is None


def test_a_window_on_no_screen_has_no_place() -> None:
    assert placed((4000, 20, 1440, 900), _SCREENS) is None
    assert placed((-5000, 10**20, 1440, 900), _SCREENS) is None
    assert placed((0, 0, 1440, 900), []) is None


def test_no_window_is_larger_than_its_screen_or_smaller_than_nothing() -> None:
    assert placed((0, 0, 10**9, 10**20), _SCREENS) == (0, 0, 1440, 900)
    assert placed((0, 0, -5, 0), _SCREENS) == (0, 0, 1, 1)
