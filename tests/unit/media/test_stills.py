"""Single pictures of a recorded file: the key frame that was asked for, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from director_app.media.mp4_reader import UnreadableError
from director_app.media.stills import Stills
from director_app.media.strip import read_luma_strip
from tests.helpers.made_sessions import Making, made_session


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ISO of 640 x 360 whose pictures say which they are."""
    return made_session(tmp_path_factory.mktemp("film"), Making(slots=150, cameras=1)) / "cam_1_iso.mp4"


def test_each_key_frame_is_found_at_its_time_and_until_the_next(film: Path) -> None:
    with Stills(film) as stills:
        times_s = stills.key_times_s()
        assert len(times_s) > 1
        shown = []
        for first_s, next_s in zip(times_s, [*times_s[1:], stills.end_s + 1], strict=True):
            for t_s in (first_s, (first_s + next_s) / 2):
                still = stills.at(t_s, 640, 360)
                assert still is not None and still.t_s == pytest.approx(first_s)
            assert still is not None
            strip = read_luma_strip(np.ascontiguousarray(still.pixels[:, :, 1]))
            assert strip is not None
            shown.append(strip.frame_number)
    assert shown == sorted(shown) and len(set(shown)) == len(shown)


def test_a_time_before_the_film_shows_its_first_picture(film: Path) -> None:
    with Stills(film) as stills:
        still = stills.at(-3.0, 64, 36)
        assert still is not None and still.t_s == 0.0 and still.pixels.shape == (36, 64, 4)


def test_what_is_no_film_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "program.mp4"
    with pytest.raises(UnreadableError, match=r"^program.mp4 is missing\.$"):
        Stills(path)
    path.touch()
    with pytest.raises(UnreadableError, match=r"^program.mp4 is empty\.$"):
        Stills(path)
    path.write_bytes(bytes(5000))
    with pytest.raises(UnreadableError, match=r"^program.mp4 cannot be read"):
        Stills(path)
