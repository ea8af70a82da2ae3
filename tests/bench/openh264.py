"""Cisco's H.264 decoder, called through its C interface: what many web browsers and telephones decode with.

Struct layouts and the order of functions: wels/codec_api.h and codec_app_def.h of OpenH264 2.x. Conceals nothing: a
picture that cannot be decoded is missing.
"""

import ctypes
from collections.abc import Iterable, Iterator
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulonglong, c_void_p
from types import TracebackType

import numpy as np

from director_app.media.strip import Plane

LIBRARY = "libopenh264.so.7"


class OpenH264Error(Exception):
    """The library is not there, or is another one; str() is one sentence."""


class _VideoProperty(ctypes.Structure):
    _fields_ = [("size", c_uint), ("kind", c_int)]


class _DecodingParameters(ctypes.Structure):
    _fields_ = [
        ("reconstructed", c_char_p),
        ("cpu_load", c_uint),
        ("target_layer", c_ubyte),
        ("concealment", c_int),
        ("parse_only", c_bool),
        ("video", _VideoProperty),
    ]


class _BufferInfo(ctypes.Structure):
    _fields_ = [
        ("status", c_int),
        ("in_stamp", c_ulonglong),
        ("out_stamp", c_ulonglong),
        ("width", c_int),
        ("height", c_int),
        ("format", c_int),
        ("strides", c_int * 2),
        ("planes", POINTER(c_ubyte) * 3),
    ]


class _Version(ctypes.Structure):
    _fields_ = [("major", c_uint), ("minor", c_uint), ("revision", c_uint), ("reserved", c_uint)]


_Planes = POINTER(c_ubyte) * 3
_DECODE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, POINTER(POINTER(c_ubyte)), POINTER(_BufferInfo))


class _Functions(ctypes.Structure):
    _fields_ = [
        ("initialize", ctypes.CFUNCTYPE(c_long, c_void_p, POINTER(_DecodingParameters))),
        ("uninitialize", ctypes.CFUNCTYPE(c_long, c_void_p)),
        ("decode_frame", c_void_p),
        ("decode_frame_no_delay", _DECODE),
        ("decode_frame_2", _DECODE),
        ("flush_frame", ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(POINTER(c_ubyte)), POINTER(_BufferInfo))),
    ]


class OpenH264:
    """One decoder. complaints: how many packets it did not take without a word."""

    def __init__(self) -> None:
        """Raises OpenH264Error."""
        try:
            library = ctypes.CDLL(LIBRARY)
        except OSError:
            raise OpenH264Error(f"{LIBRARY} is not installed") from None
        version = _Version()
        library.WelsGetCodecVersionEx(byref(version))
        self.version = f"{version.major}.{version.minor}.{version.revision}"
        if version.major != 2:
            raise OpenH264Error(f"{LIBRARY} is OpenH264 {self.version}, and only 2.x is understood")
        self.complaints = 0
        self._destroy = library.WelsDestroyDecoder
        self._destroy.argtypes, self._destroy.restype = (c_void_p,), None
        self._decoder = c_void_p()
        if library.WelsCreateDecoder(byref(self._decoder)) or not self._decoder:
            raise OpenH264Error("OpenH264 makes no decoder")
        table = ctypes.cast(self._decoder, POINTER(POINTER(_Functions)))
        self._functions = table.contents.contents
        parameters = _DecodingParameters(target_layer=255, concealment=0)
        parameters.video = _VideoProperty(ctypes.sizeof(_VideoProperty), 0)
        if self._functions.initialize(self._decoder, byref(parameters)):
            raise OpenH264Error("OpenH264 cannot be set up")

    def __enter__(self) -> "OpenH264":
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Gives the decoder back."""
        self._functions.uninitialize(self._decoder)
        self._destroy(self._decoder)

    def pictures(self, packets: Iterable[bytes]) -> Iterator[Plane]:
        """The luma of every picture that comes out, shape (height, width); valid until the next one. Annex B."""
        for packet in packets:
            planes, info = _Planes(), _BufferInfo()
            call = self._functions.decode_frame_no_delay
            self.complaints += bool(call(self._decoder, packet, len(packet), planes, byref(info)))
            if info.status == 1:
                yield _luma(info)
        while True:
            planes, info = _Planes(), _BufferInfo()
            self._functions.flush_frame(self._decoder, planes, byref(info))
            if info.status != 1:
                return
            yield _luma(info)


def _luma(info: _BufferInfo) -> Plane:
    stride = info.strides[0]
    whole = np.ctypeslib.as_array(info.planes[0], (info.height * stride,))
    return whole.reshape(info.height, stride)[:, : info.width]
