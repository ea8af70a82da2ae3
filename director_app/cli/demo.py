"""The show of `director demo`: three people at one table, four cameras, every part real but the lenses."""

from director_app.cli.outcome import BadInput
from director_app.session.show import Show
from director_app.session.show_file import parse_show

_PEOPLE = (("ana", "Ana"), ("ben", "Ben"), ("cara", "Cara"))
_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}


def demo_show(resolution: str) -> Show:
    """The demo as if it had been read from a show file. Raises BadInput."""
    if resolution not in _SIZES:
        raise BadInput(f'There is no resolution "{resolution}"; use {" or ".join(_SIZES)}.')
    width, height = _SIZES[resolution]
    closes = [
        {"id": f"cam_{number}", "label": label, "kind": "demo", "who": who}
        for number, (who, label) in enumerate(_PEOPLE, 1)
    ]
    microphones = [
        {"id": f"mic_{number}", "label": label, "camera": f"cam_{number}", "kind": "demo", "who": who}
        for number, (who, label) in enumerate(_PEOPLE, 1)
    ]
    wide = {"id": "cam_4", "label": "Wide", "kind": "demo", "who": "wide", "wide": True}
    return parse_show(
        {
            "title": "The demo show",
            "canvas": {"width": width, "height": height, "fps": 30},
            "camera": [*closes, wide],
            "microphone": microphones,
        },
        "the demo show",
    )
