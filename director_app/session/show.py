"""The show: what SHOW.toml may say. Types and limits only; reading and sentences stand in show_file.py."""

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from director_app.core import styles
from director_app.core.canvas import FRAME_RATES, Canvas
from director_app.core.rules import (
    HARD_MINIMUM_SHOT_S,
    MOST_DELAY_S,
    WHY_NO_LONGER_DELAY,
    WHY_NO_SHORTER_SHOT,
    SwitchRules,
)
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId
from director_app.session.redact import without_password

HOUSE_COLOUR = "#5AA9FF"
STREAM_SCHEMES = ("rtsp", "rtsps", "http", "https", "srt", "rtmp", "udp", "tcp")
DemoPerson = Literal["ana", "ben", "cara"]


def one_line(text: str) -> str:
    """A name as it was given. Raises ValueError for one that would spoil a line on the screen."""
    if not text.strip():
        raise ValueError("a name of spaces only cannot be seen; write at least one letter")
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        raise ValueError("a name stands on one line; leave out line breaks and other control characters")
    return text


SourceId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,31}$")]
Label = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(one_line)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CanvasTable(_Table):
    """Size and rate of the program."""

    width: int = Field(1920, ge=320, le=3840)
    height: int = Field(1080, ge=180, le=2160)
    fps: float = 30.0

    @field_validator("width", "height")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError(f"{value} is odd; H.264 needs an even number of pixels")
        return value

    @field_validator("fps")
    @classmethod
    def _known_rate(cls, value: float) -> float:
        if nearest_rate(value) is None:
            rates = ", ".join(f"{float(rate):.5g}" for rate in FRAME_RATES)
            raise ValueError(f"{value:g} frames per second is not supported; use one of {rates}")
        return value

    def canvas(self) -> Canvas:
        """As the rest of the program knows it."""
        rate = nearest_rate(self.fps)
        assert rate is not None
        return Canvas(self.width, self.height, rate)


@lru_cache(maxsize=64)
def nearest_rate(value: float) -> Fraction | None:
    """The exact frame rate meant by 29.97 and its like; None if it is none."""
    for rate in FRAME_RATES:
        if abs(float(rate) - value) < 0.005:
            return rate
    return None


class RecordingTable(_Table):
    """How pictures are encoded. maxrate_mbit: Mbit/s of every camera, because the same packets go live."""

    encoder: Literal["x264", "videotoolbox", "nvenc", "qsv", "amf", "mediafoundation"] = "x264"
    preset: Literal["auto", "ultrafast", "superfast", "veryfast"] = "auto"
    crf: int = Field(23, ge=10, le=35)
    maxrate_mbit: float = Field(6.0, ge=0.5, le=60)


class DirectingTable(_Table):
    """How the director cuts by itself; times in seconds. What is None is as the style has it."""

    style: Literal["calm", "normal", "lively"] = "normal"
    confirm_s: float | None = Field(None, ge=0.1, le=5)
    minimum_shot_s: float | None = None
    cuts_per_minute: int | None = Field(None, ge=1, le=40)
    hold_after_take_s: float | Literal["stay manual"] = 8.0
    programme_delay_s: float = 1.0

    @field_validator("minimum_shot_s")
    @classmethod
    def _long_enough(cls, value: float | None) -> float | None:
        if value is not None and not HARD_MINIMUM_SHOT_S <= value <= 60:
            raise ValueError(
                f"a shot of {value:g} s cannot be; use {HARD_MINIMUM_SHOT_S:g} to 60, because {WHY_NO_SHORTER_SHOT}"
            )
        return value

    @field_validator("programme_delay_s")
    @classmethod
    def _worth_its_wait(cls, value: float) -> float:
        if not 0 <= value <= MOST_DELAY_S:
            raise ValueError(
                f"a delay of {value:g} s cannot be; use 0 to {MOST_DELAY_S:g}, because {WHY_NO_LONGER_DELAY}"
            )
        return value

    @field_validator("hold_after_take_s")
    @classmethod
    def _positive(cls, value: float | str) -> float | str:
        if isinstance(value, float) and not 0 < value <= 3600:
            raise ValueError(f'a hold of {value:g} s cannot be; use 1 to 3600, or "stay manual"')
        return value

    @property
    def by_hand(self) -> tuple[str, ...]:
        """The rules that are as the show says, whatever the style."""
        of_the_style = ("confirm_s", "minimum_shot_s", "cuts_per_minute")
        return (*(name for name in of_the_style if getattr(self, name) is not None), "hold_after_take_s")

    def rules(self) -> SwitchRules:
        """As the switcher knows them."""
        rules = styles.rules(
            styles.Style(self.style),
            self.programme_delay_s,
            confirm_s=self.confirm_s,
            minimum_shot_s=self.minimum_shot_s,
            cuts_per_minute=self.cuts_per_minute,
        )
        hold = self.hold_after_take_s
        return replace(rules, hold_after_take_s=None if isinstance(hold, str) else hold)


class _CameraTable(_Table):
    id: SourceId
    label: Label
    wide: bool = False
    offset_ms: float = Field(0.0, ge=-2000, le=2000)
    rotation: Literal[0, 90, 180, 270] = 0


class DeviceCameraTable(_CameraTable):
    """A camera plugged into this computer; device is its name, its path or its number."""

    kind: Literal["device"]
    device: str | int
    width: int | None = Field(None, ge=160, le=7680)
    height: int | None = Field(None, ge=120, le=4320)
    fps: float | None = Field(None, gt=0, le=240)


class StreamCameraTable(_CameraTable):
    """A camera on the network."""

    kind: Literal["stream"]
    url: str

    @field_validator("url")
    @classmethod
    def _has_host(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:
            raise ValueError("this is no address; write it like rtsp://192.168.1.20:554/stream") from None
        # Sentences end up in logs and screenshots.
        shown = without_password(value)
        if parts.scheme not in STREAM_SCHEMES:
            raise ValueError(f'"{shown}" does not begin with one of {", ".join(STREAM_SCHEMES)}')
        if not parts.hostname:
            raise ValueError(f'"{shown}" names no host; write it like rtsp://192.168.1.20:554/stream')
        try:
            _ = parts.port
        except ValueError:
            raise ValueError(f'"{shown}" has a port that is no number from 0 to 65535') from None
        return value


class FileCameraTable(_CameraTable):
    """A video file that plays as if it were a camera."""

    kind: Literal["file"]
    path: Path = Field(strict=False)
    loop: bool = True


class SyntheticCameraTable(_CameraTable):
    """A moving test picture."""

    kind: Literal["synthetic"]


class DemoCameraTable(_CameraTable):
    """A camera of the demo show."""

    kind: Literal["demo"]
    who: DemoPerson | Literal["wide"]


CameraTable = Annotated[
    DeviceCameraTable | StreamCameraTable | FileCameraTable | SyntheticCameraTable | DemoCameraTable,
    Field(discriminator="kind"),
]


class _MicrophoneTable(_Table):
    id: SourceId
    label: Label
    camera: SourceId
    name: Label | None = None
    role: Label | None = None
    channel: int = Field(1, ge=1, le=64)
    offset_ms: float = Field(0.0, ge=-2000, le=2000)


class DeviceMicrophoneTable(_MicrophoneTable):
    """One channel of a sound device, which is found by its name and, if given, its host API."""

    kind: Literal["device"]
    device: str = Field(min_length=1)
    host_api: str | None = None


class FileMicrophoneTable(_MicrophoneTable):
    """One channel of a sound file that plays as if it were a microphone."""

    kind: Literal["file"]
    path: Path = Field(strict=False)
    loop: bool = True


class SyntheticMicrophoneTable(_MicrophoneTable):
    """A beep each second."""

    kind: Literal["synthetic"]
    clock_ppm: float = Field(0.0, ge=-1000, le=1000)


class DemoMicrophoneTable(_MicrophoneTable):
    """A microphone of the demo show."""

    kind: Literal["demo"]
    who: DemoPerson


MicrophoneTable = Annotated[
    DeviceMicrophoneTable | FileMicrophoneTable | SyntheticMicrophoneTable | DemoMicrophoneTable,
    Field(discriminator="kind"),
]


AfterwardsMade = Literal[
    "master",
    "recut",
    "highlights",
    "clips",
    "vertical",
    "square",
    "cameras",
    "sound",
    "stills",
    "timelines",
    "score",
]


class AfterTable(_Table):
    """What is made of the recording by itself when it has stopped. loudness: of films and of the mix.

    title_cards: one before each of the best moments.
    """

    make: tuple[AfterwardsMade, ...] = Field((), strict=False)
    loudness: Literal["talk", "online", "broadcast", "as-recorded"] = "talk"
    title_cards: bool = False


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ValueError(f'"{text}" is no colour; write it like "{HOUSE_COLOUR}"')
    return text


class TitlesTable(_Table):
    """Names in films made of the show, and live in its program. seconds: how long one stays. colour: of the line
    beside it.

    Who speaks into a microphone is named as its table says, in two lines: name (else its label) and role.
    """

    lower_thirds: bool = False
    live: bool = False
    position: Literal["left", "right"] = "left"
    colour: Annotated[str, AfterValidator(_colour)] = HOUSE_COLOUR
    seconds: float = Field(4.0, ge=2, le=20)


class Show(_Table):
    """A whole show file."""

    title: Label = "Untitled show"
    sessions: Path | None = Field(None, strict=False)
    canvas: CanvasTable = CanvasTable()
    recording: RecordingTable = RecordingTable()
    directing: DirectingTable = DirectingTable()
    after: AfterTable = AfterTable()
    titles: TitlesTable = TitlesTable()
    camera: tuple[CameraTable, ...] = Field(min_length=1, max_length=9, strict=False)
    microphone: tuple[MicrophoneTable, ...] = Field((), max_length=16, strict=False)

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        cameras = [camera.id for camera in self.camera]
        every = cameras + [microphone.id for microphone in self.microphone]
        for each in every:
            if every.count(each) > 1:
                raise ValueError(f'two sources have the id "{each}"; every id may stand once only')
        for microphone in self.microphone:
            if microphone.camera not in cameras:
                raise ValueError(
                    f'microphone "{microphone.id}" points at camera "{microphone.camera}", which does not exist; '
                    f"the cameras are {', '.join(cameras)}"
                )
        wides = [camera.id for camera in self.camera if camera.wide]
        if len(wides) > 1:
            raise ValueError(f"cameras {' and '.join(wides)} are both wide; only one can be")
        return self

    def cast(self) -> Cast:
        """Cameras in key order and microphones as the switcher knows them."""
        return Cast(
            cameras=tuple(
                Camera(CameraId(each.id), number, each.label) for number, each in enumerate(self.camera, 1)
            ),
            microphones=tuple(
                Microphone(MicrophoneId(each.id), each.label, CameraId(each.camera)) for each in self.microphone
            ),
            wide=next((CameraId(each.id) for each in self.camera if each.wide), None),
        )
