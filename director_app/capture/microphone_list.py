"""Which microphones are there now? Asked of a new child each time, because PortAudio's own list never changes.

Must not open any device.
"""

import queue
from dataclasses import dataclass

from director_app.capture.errors import SourceLostError
from director_app.capture.microphone_process import MicrophoneProcess
from director_app.capture.microphone_wire import Kind


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A device with inputs. channels: how many it claims (plugins claim 32 or more). rate: its default."""

    name: str
    host_api: str
    channels: int
    rate: int


def list_microphones(timeout_s: float = 5.0) -> tuple[InputDevice, ...]:
    """Every input device, in PortAudio's order. Raises SourceLostError if the sound system does not answer."""
    with MicrophoneProcess("list") as process:
        try:
            message = process.get(timeout_s)
        except queue.Empty:
            message = None
    if message is None or message.kind is not Kind.DEVICES:
        raise SourceLostError(
            "The sound system gave no list of microphones; check that PortAudio (libportaudio2) is installed."
        )
    return devices_of(message.facts())


def devices_of(facts: list[dict[str, object]]) -> tuple[InputDevice, ...]:
    """The child's list as data."""
    return tuple(
        InputDevice(str(one["name"]), str(one["host_api"]), int(str(one["channels"])), int(str(one["rate"])))
        for one in facts
    )


def names_of(devices: tuple[InputDevice, ...]) -> str:
    """The devices for a sentence: '"USB mixer" (ALSA), "pulse" (ALSA)'."""
    return ", ".join(f'"{device.name}" ({device.host_api})' for device in devices) or "none"
