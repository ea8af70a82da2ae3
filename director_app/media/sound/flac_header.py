"""FLAC's bytes, as far as a recorder must know them: the header, and where the last whole frame ends.

Format: RFC 9639, sections 8.2 (STREAMINFO) and 9.1 to 9.3 (frame header, frame footer). Only files that
media.sound.flac wrote are understood: mono, fixed block size, STREAMINFO first and alone.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MARK = b"fLaC"
STREAM_INFO_BYTES = 34
HEADER_BYTES = len(MARK) + 4 + STREAM_INFO_BYTES

_TAIL_BYTES = 1 << 17

_TORN_BYTES = 1 << 16
"""A crash tears the last frame. More than this (zeros not counted) was sound once, and is not thrown away."""

_FRAME_OVERHEAD_BYTES = 32
_BLOCK_SIZES = {1: 192, **{n: 576 << (n - 2) for n in range(2, 6)}, **{n: 256 << (n - 8) for n in range(8, 16)}}


class FlacDamagedError(ValueError):
    """The file is no FLAC recording of ours, or too much of it is damaged; str() is a sentence that names it."""


@dataclass(frozen=True, slots=True)
class _FrameHeader:
    number: int
    samples: int
    size: int


def header(stream_info: bytes) -> bytes:
    """The file's first bytes: mark and STREAMINFO as the last (only) metadata block."""
    if len(stream_info) != STREAM_INFO_BYTES:
        raise ValueError(f"STREAMINFO has {STREAM_INFO_BYTES} bytes, not {len(stream_info)}")
    return MARK + bytes([0x80, 0, 0, STREAM_INFO_BYTES]) + stream_info


def with_total(stream_info: bytes, samples: int) -> bytes:
    """STREAMINFO with its number of samples; frame sizes and checksum are set to 'unknown'."""
    packed = int.from_bytes(stream_info[10:18], "big") & ~((1 << 36) - 1) | samples
    return stream_info[:4] + bytes(6) + packed.to_bytes(8, "big") + bytes(16)


def repair_flac(path: Path) -> int:
    """After a crash: drop a torn last frame, write the number of samples into the header; gives that number.

    Safe to be interrupted and to be repeated: what it removes was no sound, and the header is written last.
    Raises FlacDamagedError, having changed nothing, if more than the torn end would be lost; OSError.
    """
    with path.open("r+b") as file:
        head = file.read(HEADER_BYTES)
        if len(head) < HEADER_BYTES or head[:8] != MARK + bytes([0x80, 0, 0, STREAM_INFO_BYTES]):
            raise FlacDamagedError(f"{path.name} is no recording that can be repaired: its header is missing.")
        stream_info = head[8:]
        block_size = int.from_bytes(stream_info[2:4], "big")
        size = file.seek(0, os.SEEK_END)
        end, samples = HEADER_BYTES, 0
        span = _TAIL_BYTES
        while end == HEADER_BYTES and size > HEADER_BYTES:
            start = max(HEADER_BYTES, size - span)
            file.seek(start)
            end, samples = _last_frame(file.read(), start, block_size)
            if start == HEADER_BYTES:
                break
            span *= 8
        if end == HEADER_BYTES and size > HEADER_BYTES + 3 * block_size + _FRAME_OVERHEAD_BYTES:
            raise FlacDamagedError(f"{path.name} is damaged: no sound can be recognised in its {size} bytes.")
        file.seek(end)
        torn = len(file.read().rstrip(b"\0"))
        if torn > _TORN_BYTES:
            raise FlacDamagedError(
                f"{path.name} is damaged after {samples / _rate(stream_info):.1f} s; later sound may be in it."
            )
        file.truncate(end)
        os.fsync(file.fileno())
        file.seek(0)
        file.write(header(with_total(stream_info, samples)))
        file.flush()
        os.fsync(file.fileno())
    return samples


def _rate(stream_info: bytes) -> int:
    """Samples per second; at least 1, whatever damage says."""
    return max(1, int.from_bytes(stream_info[10:13], "big") >> 4)


def _last_frame(data: bytes, offset: int, block_size: int) -> tuple[int, int]:
    """(file position after the last whole frame in data, samples up to there); (HEADER_BYTES, 0) without one."""
    following = len(data)
    while True:
        begin = data.rfind(b"\xff\xf8", 0, following + 1)
        if begin < 0:
            return HEADER_BYTES, 0
        found = _parse_frame_header(data[begin : begin + 16], block_size)
        if found is not None:
            end = _frame_end(data, begin + found.size, begin)
            if end is not None:
                return offset + end, found.number * block_size + found.samples
        following = begin


def _frame_end(data: bytes, first: int, begin: int) -> int | None:
    """Where the frame that begins at `begin` ends: where its checksum comes out even (footer included, CRC is 0)."""
    # A checksum of 16 bits fits by chance once in 65536 positions, so only the places where a frame can end are
    # believed: before the next sync code, or at the end of what there is, zeros of a torn write not counted.
    content = len(data.rstrip(b"\0"))
    crc = 0
    for position in range(begin, len(data)):
        crc = (crc << 8) & 0xFFFF ^ _CRC16[(crc >> 8) ^ data[position]]
        if crc == 0 and position > first:
            end = position + 1
            if end >= content or data[end : end + 2] == b"\xff\xf8":
                return end
    return None


def _parse_frame_header(data: bytes, block_size: int) -> _FrameHeader | None:
    if len(data) < 6:
        return None
    coded = _coded_number(data[4:])
    if coded is None:
        return None
    number, used = coded
    at = 4 + used
    code = data[2] >> 4
    if code in (6, 7):
        width = code - 5
        samples = int.from_bytes(data[at : at + width], "big") + 1
        at += width
    elif code in _BLOCK_SIZES:
        samples = _BLOCK_SIZES[code]
    else:
        return None
    at += {12: 1, 13: 2, 14: 2}.get(data[2] & 15, 0)
    if at >= len(data) or _crc8(data[:at]) != data[at] or samples > block_size:
        return None
    return _FrameHeader(number, samples, at + 1)


def _coded_number(data: bytes) -> tuple[int, int] | None:
    """The frame number, coded as UTF-8 would code it (up to 36 bits), and how many bytes it took."""
    first = data[0]
    if first < 0x80:
        return first, 1
    length = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= length <= 7 or len(data) < length:
        return None
    value = first & ((1 << (7 - length)) - 1) if length < 7 else 0
    for byte in data[1:length]:
        if byte & 0xC0 != 0x80:
            return None
        value = value << 6 | byte & 0x3F
    return value, length


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc


def _crc16_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x8005) & 0xFFFF if crc & 0x8000 else crc << 1
        table.append(crc)
    return tuple(table)


_CRC16 = _crc16_table()
