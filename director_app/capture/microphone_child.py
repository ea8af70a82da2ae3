"""The child process that owns one sound device: PortAudio on one side, a pipe on the other.

A child, because PortAudio freezes its list of devices when it is loaded: only a new process sees a device that was
plugged in since. It ends by itself when its parent does. Must import neither PyAV, OpenCV nor numpy (a fast
start), never wait inside PortAudio's callback, and never talk to people: it sends facts, the parent makes sentences.

python -m director_app.capture.microphone_child list
python -m director_app.capture.microphone_child stream NAME HOST_API CHANNELS_NEEDED
"""

import os
import signal
import sys
import threading
from typing import Any

import sounddevice

from director_app.capture.microphone_outbox import Device, Outbox, choose
from director_app.capture.microphone_wire import Kind, Message, Trouble, facts_message

RATE = 48_000
BLOCK_S = 0.02
MANY_CHANNELS = 32
"""Plugins claim this many or more, whatever they have: such a device is asked only for what is needed."""


class TroubleError(Exception):
    """What the parent shall be told before the child ends."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble


def input_devices() -> list[Device]:
    """Every device that has inputs."""
    apis = [api["name"] for api in sounddevice.query_hostapis()]
    return [
        Device(
            index=int(found["index"]),
            name=str(found["name"]),
            host_api=str(apis[found["hostapi"]]),
            channels=int(found["max_input_channels"]),
            rate=int(found["default_samplerate"]),
        )
        for found in sounddevice.query_devices()
        if found["max_input_channels"] > 0
    ]


def open_stream(device: Device, needed: int, outbox: Outbox) -> Any:
    """A stream that is open but not started: 48 kHz if the device can, all channels if it tells their number."""
    if needed > device["channels"]:
        raise TroubleError(Trouble.UNUSABLE, f"it has {device['channels']} channels, {needed} are needed")
    wanted = device["channels"] if device["channels"] < MANY_CHANNELS else needed
    detail = ""
    for channels in dict.fromkeys((wanted, needed)):
        for rate in dict.fromkeys((RATE, device["rate"])):
            outbox.shape(channels, rate)
            try:
                return sounddevice.RawInputStream(
                    samplerate=rate,
                    blocksize=round(rate * BLOCK_S),
                    device=device["index"],
                    channels=channels,
                    dtype="float32",
                    latency="high",
                    callback=outbox.callback,
                    finished_callback=outbox.device_ended,
                )
            except sounddevice.PortAudioError as error:
                detail = str(error)
    raise TroubleError(Trouble.NOT_FOUND, detail)


def main(arguments: list[str]) -> None:
    """Send messages to standard output until the device or the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    pipe = os.dup(1)
    os.dup2(2, 1)  # what sound libraries print must not get between the messages
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        if arguments[0] == "list":
            _send(pipe, facts_message(Kind.DEVICES, input_devices()))
        else:
            _stream(pipe, arguments[1], arguments[2], int(arguments[3]))
    except TroubleError as trouble:
        facts = {"trouble": trouble.trouble, "detail": str(trouble), "devices": input_devices()}
        _send(pipe, facts_message(Kind.ERROR, facts))
    except BrokenPipeError:
        pass
    # PortAudio's clean-up can hang on a device that has gone; nothing of it outlives the process anyway.
    os._exit(0)


def _stream(pipe: int, name: str, host_api: str, needed: int) -> None:
    device = choose(input_devices(), name, host_api)
    if device is None:
        raise TroubleError(Trouble.NOT_FOUND, "")
    outbox = Outbox()
    stream = open_stream(device, needed, outbox)
    try:
        stream.start()
    except sounddevice.PortAudioError as error:
        raise TroubleError(Trouble.NOT_FOUND, str(error)) from error
    facts = {"rate": outbox.rate, "channels": outbox.channels, "name": device["name"], "host_api": device["host_api"]}
    _send(pipe, facts_message(Kind.OPENED, facts))
    while (message := outbox.get()) is not None:
        _send(pipe, message)
    raise TroubleError(Trouble.LOST, "the device ended")


def _send(pipe: int, message: Message) -> None:
    left = memoryview(message.pack())
    while left:
        left = left[os.write(pipe, left) :]


def _die_with_parent() -> None:
    """Standard input is a pipe that the parent never writes to: it ends when the parent closes it or dies."""
    while os.read(0, 64):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
