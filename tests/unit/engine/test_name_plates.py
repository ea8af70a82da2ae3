"""Plates of a show's names: drawn before a recording, which no plate keeps from beginning."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from director_app.core.sources import CameraId, MicrophoneId
from director_app.engine import name_plates
from director_app.engine.name_plates import NamePlates
from director_app.media.bus import ProgramBus
from director_app.session.show_file import parse_show

ANA, BEN = MicrophoneId("mic_1"), MicrophoneId("mic_2")


class _Bus:
    """Dresses whatever it is asked to, one slot later."""

    def dress(self, camera: CameraId, first: int, length: int, layer: object) -> Any:
        return SimpleNamespace(camera=camera, first=first + 1, end=first + 1 + length, layer=layer)


def _plates() -> NamePlates:
    show = parse_show(
        {
            "canvas": {"width": 320, "height": 180, "fps": 30},
            "camera": [{"id": "cam_1", "label": "Ana", "kind": "synthetic"}],
            "microphone": [
                {"id": each, "label": each, "camera": "cam_1", "kind": "synthetic"} for each in (ANA, BEN)
            ],
        },
        "a test",
    )
    return NamePlates(show, show.canvas.canvas(), cast("ProgramBus", _Bus()))


def test_whose_name_began_at_a_slot_is_known_of_the_last_two() -> None:
    plates = _plates()
    for who, slot in ((ANA, 10), (BEN, 200), (ANA, 400)):
        at = plates.put_on(CameraId("cam_1"), who, slot, 90)
        assert at is not None and at.first == slot + 1
    assert [plates.whose(slot) for slot in (11, 201, 401, 400)] == [None, BEN, ANA, None]


@pytest.mark.parametrize("error", [OSError("cannot open resource"), ValueError("no size")])
def test_a_font_that_cannot_be_read_costs_the_names_only(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_: object) -> None:
        raise error

    monkeypatch.setattr(name_plates, "plate_image", torn)
    plates = _plates()
    assert plates.undrawable == (ANA, BEN)
    assert plates.put_on(CameraId("cam_1"), ANA, 10, 90) is None
