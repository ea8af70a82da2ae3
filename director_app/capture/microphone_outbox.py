"""What the child of a sound device decides and keeps, apart from PortAudio itself.

Must import next to nothing, and never wait: half of it runs inside PortAudio's callback.
"""

import queue
import re
import time
from typing import Any, TypedDict

from director_app.capture.microphone_wire import Kind, Message

QUEUE_BLOCKS = 100
"""Two seconds wait for a parent that stalls; beyond that new blocks are dropped and the next one says so."""


class Device(TypedDict):
    """One input device as PortAudio lists it."""

    index: int
    name: str
    host_api: str
    channels: int
    rate: int


def choose(devices: list[Device], name: str, host_api: str) -> Device | None:
    """The device of that name; host_api "" takes any. A card number in ALSA names may differ after replugging."""
    candidates = [device for device in devices if host_api in ("", device["host_api"])]
    for device in candidates:
        if device["name"] == name:
            return device
    for device in candidates:
        if _without_card(device["name"]) == _without_card(name):
            return device
    return None


def _without_card(name: str) -> str:
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name)


class Outbox:
    """Between PortAudio's callback and the pipe. Bounded; policy when full: drop the new block, mark a gap."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._gap = False
        self.channels = 0
        self.rate = 0

    def shape(self, channels: int, rate: int) -> None:
        """What the callback is going to be called with."""
        self.channels, self.rate = channels, rate

    def callback(self, data: Any, _frames: int, _times: Any, status: Any) -> None:
        """PortAudio's thread: copy, stamp, go."""
        # The arrival, not the driver's ADC time: by way of PulseAudio that is off by 0.6 s at first and lies in the
        # future later. Arrivals are only ever late, which whoever fits a line under them can allow for.
        end_ns = time.perf_counter_ns()
        self._gap = self._gap or bool(status.input_overflow)
        if self._queue.qsize() >= QUEUE_BLOCKS:
            self._gap = True
            return
        self._queue.put(Message(Kind.SOUND, bytes(data), self._gap, self.channels, end_ns))
        self._gap = False

    def device_ended(self) -> None:
        """PortAudio's thread: nothing more will come."""
        self._queue.put(None)

    def get(self) -> Message | None:
        """The next block; None when the device has ended."""
        return self._queue.get()
