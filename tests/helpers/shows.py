"""Small shows of made-up cameras and microphones, as tables, as files, and recorded by the real engine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from director_app.core.decisions import Cut, Decision
from director_app.core.events import Event, OutsideEvent
from director_app.engine.recording import Parts, Recording
from director_app.engine.show_engine import ShowEngine
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import PriorPart
from director_app.session.show import Show
from director_app.session.show_file import parse_show
from tests.helpers.wait import eventually

LETTERS = "abcdefghi"

Script = Sequence[tuple[int, OutsideEvent]]
"""(slot, what the producer does then), in order."""


def tables(cameras: int = 2, delay_s: float = 0.0, **more: Any) -> dict[str, Any]:
    """What a show file would say: synthetic cameras a, b, ... with a synthetic microphone each, 640 x 360."""
    letters = LETTERS[:cameras]
    return {
        "title": "A small show",
        "canvas": {"width": 640, "height": 360, "fps": 30},
        "recording": {"preset": "ultrafast"},
        "directing": {"programme_delay_s": delay_s},
        "camera": [{"id": each, "label": each.upper(), "kind": "synthetic"} for each in letters],
        "microphone": [
            {"id": f"mic_{each}", "label": each.upper(), "camera": each, "kind": "synthetic"} for each in letters
        ],
        **more,
    }


def small_show(cameras: int = 2, delay_s: float = 0.0, **more: Any) -> Show:
    """The same, read."""
    return parse_show(tables(cameras, delay_s, **more), "this test")


def show_file(path: Path, cameras: int = 2, delay_s: float = 0.0, extra: str = "") -> Path:
    """The same, written to a file."""
    content = tables(cameras, delay_s)
    lines = [f'title = "{content["title"]}"', extra]
    for name in ("canvas", "recording", "directing"):
        lines += [f"[{name}]", *(_line(key, value) for key, value in content[name].items())]
    for kind in ("camera", "microphone"):
        for entry in content[kind]:
            lines += [f"[[{kind}]]", *(_line(key, value) for key, value in entry.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _line(key: str, value: object) -> str:
    return f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"


def recorded(
    show: Show,
    sessions: Path,
    slots: int,
    script: Script = (),
    parts: Parts | None = None,
    during: Callable[[Recording], None] = lambda _: None,
    prior: PriorPart | None = None,
) -> tuple[Path, ShowEngine]:
    """Records until at least so many slots have begun; `during` is called once, when the recording runs."""
    engine = ShowEngine(show, sessions, parts, prior=prior)
    try:
        engine.open()
        folder = engine.record()
        assert engine._recording is not None
        during(engine._recording)
        for slot, event in script:
            wait_for_slot(engine, slot)
            engine.tell(event)
        wait_for_slot(engine, slots)
        engine.stop()
    finally:
        engine.close()
    return folder, engine


def backdate(recording: Recording, back_s: Iterator[float]) -> None:
    """Each cut that is decided from now on is wanted so many seconds before, as the automatic wants its cuts."""
    switcher = recording._switcher
    decide = switcher.step

    def step(event: Event, now_s: float) -> list[Decision]:
        return [
            replace(each, wanted_s=each.wanted_s - next(back_s)) if isinstance(each, Cut) else each
            for each in decide(event, now_s)
        ]

    switcher.step = step  # type: ignore[method-assign]


def wait_for_slot(engine: ShowEngine, slot: int) -> None:
    """Until that slot has begun."""

    def begun() -> bool:
        clock = engine._recording.pictures.clock if engine._recording else None
        return clock is not None and clock.next_slot > slot

    eventually(begun, slot / 30 + 15, f"slot {slot} begins")


def events_of(folder: Path, *kinds: str) -> list[EventRecord]:
    """Events of these types, in order."""
    return [event for event in read_events(folder) if event["type"] in kinds]
