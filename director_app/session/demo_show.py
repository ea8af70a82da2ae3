"""The demo show: three people at one table, four cameras, every part real but the lenses."""

from director_app.session.show import CanvasTable, DemoCameraTable, DemoMicrophoneTable, DemoPerson, Show

_PEOPLE: tuple[tuple[DemoPerson, str], ...] = (("ana", "Ana"), ("ben", "Ben"), ("cara", "Cara"))


def demo_show(width: int = 1280, height: int = 720) -> Show:
    """As if it had been read from a show file. width, height: of the canvas, pixels."""
    closes = [
        DemoCameraTable(id=f"cam_{number}", label=label, kind="demo", who=who)
        for number, (who, label) in enumerate(_PEOPLE, 1)
    ]
    microphones = [
        DemoMicrophoneTable(id=f"mic_{number}", label=label, camera=f"cam_{number}", kind="demo", who=who)
        for number, (who, label) in enumerate(_PEOPLE, 1)
    ]
    wide = DemoCameraTable(id="cam_4", label="Wide", kind="demo", who="wide", wide=True)
    return Show(
        title="The demo show",
        canvas=CanvasTable(width=width, height=height, fps=30.0),
        camera=(*closes, wide),
        microphone=tuple(microphones),
    )
