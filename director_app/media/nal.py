"""The two ways in which H.264 units are strung together: Annex B (encoders) and length-prefixed (MP4)."""

import re

_START = re.compile(rb"\x00*\x00\x00\x01")
_START_CODE = b"\x00\x00\x00\x01"
_PARAMETER_SETS = {7, 8}
"""nal_unit_type of SPS and PPS."""


def units_of(annex_b: bytes) -> list[bytes]:
    """The units of an Annex B string."""
    # Nothing inside a unit looks like a start code, and none ends with a zero byte (H.264, 7.4.1 and B.1).
    return [unit for unit in _START.split(annex_b) if unit]


def to_annex_b(length_prefixed: bytes) -> bytes:
    """The same packet as an encoder gives it. Raises ValueError when it is torn."""
    pieces, at = [], 0
    while at < len(length_prefixed):
        end = at + 4 + int.from_bytes(length_prefixed[at : at + 4], "big")
        if end > len(length_prefixed):
            raise ValueError("The packet is torn.")
        pieces += [_START_CODE, length_prefixed[at + 4 : end]]
        at = end
    return b"".join(pieces)


def to_length_prefixed(annex_b: bytes) -> bytes:
    """The same packet as it stands in an MP4."""
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units_of(annex_b))


def parameter_sets_of(configuration: bytes) -> bytes:
    """SPS and PPS of an MP4's avcC box as Annex B. Raises ValueError for another box, or lengths of another size."""
    if len(configuration) < 7 or configuration[0] != 1 or configuration[4] & 3 != 3:
        raise ValueError("The file says nothing of its pictures that is understood.")
    pieces, at, count = [], 5, configuration[5] & 31
    for _ in range(2):
        at += 1
        for _ in range(count):
            end = at + 2 + int.from_bytes(configuration[at : at + 2], "big")
            pieces += [_START_CODE, configuration[at + 2 : end]]
            at = end
        count = configuration[at] if at < len(configuration) else 0
    return b"".join(pieces)


def same_parameter_sets(one: bytes, other: bytes) -> bool:
    """Whether packets described by these may stand in one file: SPS and PPS equal to the byte, both Annex B."""
    return _parameter_sets(one) == _parameter_sets(other)


def _parameter_sets(annex_b: bytes) -> list[bytes]:
    return [unit for unit in units_of(annex_b) if unit[0] & 31 in _PARAMETER_SETS]
