"""The bytes that go from the child that owns a sound device to its parent.

A message is a fixed header and a body: JSON, or interleaved float32 samples. Imports next to nothing, because the
child must start fast.
"""

import json
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import IO, Any

_HEADER = struct.Struct("<BBHIq")


class Kind(IntEnum):
    """What a message carries."""

    DEVICES = 1
    OPENED = 2
    SOUND = 3
    ERROR = 4


class Trouble(IntEnum):
    """Why a device does not deliver; named after the error that the parent raises."""

    NOT_FOUND = 1
    LOST = 2
    UNUSABLE = 3


@dataclass(frozen=True, slots=True)
class Message:
    """gap, channels and end_ns mean something for SOUND only (see media.sound.block.SoundBlock)."""

    kind: Kind
    body: bytes
    gap: bool = False
    channels: int = 0
    end_ns: int = 0

    def pack(self) -> bytes:
        """Header and body."""
        return _HEADER.pack(self.kind, self.gap, self.channels, len(self.body), self.end_ns) + self.body

    def facts(self) -> Any:
        """The body of a message that is not SOUND."""
        return json.loads(self.body)


def facts_message(kind: Kind, facts: object) -> Message:
    """A message whose body is JSON."""
    return Message(kind, json.dumps(facts).encode())


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message; None when the stream has ended, even in mid-message."""
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    kind, gap, channels, size, end_ns = _HEADER.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        return None
    return Message(Kind(kind), body, bool(gap), channels, end_ns)
