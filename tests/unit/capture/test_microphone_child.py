"""What the child decides without a sound card: which device, and what happens when its parent stalls."""

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from director_app.capture.microphone_outbox import QUEUE_BLOCKS, Device, Outbox, choose
from director_app.capture.microphone_wire import Kind, Message, facts_message, read_message


def device(index: int, name: str, host_api: str = "ALSA") -> Device:
    return Device(index=index, name=name, host_api=host_api, channels=2, rate=44_100)


DEVICES = [device(0, "pulse"), device(4, "USB Mixer: Audio (hw:1,0)"), device(7, "pulse", "JACK")]


def test_a_device_is_found_by_name_and_host_api() -> None:
    assert choose(DEVICES, "pulse", "JACK") == DEVICES[2]
    assert choose(DEVICES, "pulse", "") == DEVICES[0]
    assert choose(DEVICES, "puls", "") is None


def test_a_replugged_card_may_have_another_number() -> None:
    assert choose(DEVICES, "USB Mixer: Audio (hw:3,0)", "ALSA") == DEVICES[1]


def test_a_stalled_parent_costs_a_marked_gap_and_never_blocks() -> None:
    outbox, status = Outbox(), SimpleNamespace(input_overflow=False)
    outbox.shape(1, 48_000)
    for _ in range(QUEUE_BLOCKS + 5):
        outbox.callback(bytes(8), 2, None, status)
    first = [outbox.get() for _ in range(QUEUE_BLOCKS)]
    assert not any(message.gap for message in first if message)
    outbox.callback(bytes(8), 2, None, status)
    outbox.callback(bytes(8), 2, None, SimpleNamespace(input_overflow=True))
    outbox.device_ended()
    assert [message.gap if message else None for message in (outbox.get(), outbox.get(), outbox.get())] == [
        True,
        True,
        None,
    ]


def test_messages_survive_the_pipe_and_torn_ones_end_it() -> None:
    sound = Message(Kind.SOUND, bytes(range(16)), gap=True, channels=2, end_ns=-5)
    packed = sound.pack() + facts_message(Kind.OPENED, {"rate": 48_000}).pack()
    stream = io.BytesIO(packed + sound.pack()[:-1])
    assert read_message(stream) == sound
    opened = read_message(stream)
    assert opened is not None
    assert opened.facts() == {"rate": 48_000}
    assert read_message(stream) is None


def test_the_child_imports_little(tmp_path: Path) -> None:
    code = (
        "import sys, director_app.capture.microphone_child; "
        "print([name for name in ('av', 'cv2', 'numpy', 'PySide6') if name in sys.modules])"
    )
    # PortAudio looks for sound servers when it is loaded, and they leave folders where they are looked for.
    elsewhere = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    asked = [sys.executable, "-c", code]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, env=elsewhere).stdout
    assert said.strip() == "[]"
