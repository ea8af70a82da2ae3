"""One recording from slot 0 to its last frame: starts all its threads in order and ends them in the reverse one.

Never touches the sources: they live on before and after it.
"""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from director_app.capture.camera_feed import CameraFeed
from director_app.core.canvas import Slot
from director_app.core.events import NameLost, OutsideEvent
from director_app.core.live_names import LiveNames
from director_app.core.placement import Placement
from director_app.core.sound_batch import sound_batch
from director_app.core.sources import CameraId, SourceState
from director_app.core.switcher import Switcher
from director_app.engine.director import Director, Names
from director_app.engine.name_plates import NamePlates, name_rules
from director_app.engine.pictures import OpenEncoder, PictureHooks, Pictures
from director_app.engine.session_files import (
    PROGRAM_NAME,
    FlacSinkFile,
    SessionFiles,
    iso_name,
    microphone_name,
    picture_queue_limit,
    sound_queue_limit,
)
from director_app.engine.sound import MIX, MicrophoneLine, Sound, tracks_of
from director_app.engine.viewers import ViewersPicture
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import FramePool
from director_app.media.mp4 import Mp4File
from director_app.media.packet_queue import PacketQueue
from director_app.media.placeholder import placeholder
from director_app.media.recorded_file import RecordedFile
from director_app.session.manifest import PriorPart
from director_app.session.show import Show
from director_app.speech.listening import Listening
from director_app.speech.prior import calibration_of

_LEAD_NS = 100_000_000
_CLOSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom a recording tells what. Called on its threads; none may block.

    log: event type, session seconds, fields. camera_failed: camera and sentence. program_failed: what ended the
    program bus. name_lost: a name could not be shown, or not to its end. file_failed: file name and the
    system's error. sound_failed: what a sound encoder raised.
    """

    log: Callable[[str, float, Mapping[str, Any]], object]
    camera_failed: Callable[[CameraId, str], None]
    program_failed: Callable[[BaseException], None]
    file_failed: Callable[[str, OSError], None]
    sound_failed: Callable[[Exception], None]
    name_lost: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Parts:
    """What may be exchanged in a recording for faults and measurements."""

    open_encoder: OpenEncoder = VideoEncoder
    open_file: Callable[[Path], RecordedFile] = RecordedFile


class Recording:
    """Owner of every thread between the feeds and the files of one session."""

    def __init__(
        self,
        show: Show,
        settings: EncoderSettings,
        cameras: Mapping[CameraId, CameraFeed],
        lines: Sequence[MicrophoneLine],
        states: Mapping[CameraId, SourceState],
        folder: Path,
        hooks: Hooks,
        parts: Parts | None = None,
        prior: PriorPart | None = None,
    ) -> None:
        """Opens encoders and files. Raises EncoderError or OSError, with nothing left running.

        prior: what a sound check has found of these microphones.
        """
        self._show, self._settings, self._hooks = show, settings, hooks
        self._cameras, self._lines = cameras, tuple(lines)
        self._prior = prior
        parts = parts or Parts()
        self._cast = show.cast()
        rules, delay_s = show.directing.rules(), show.directing.programme_delay_s
        self._switcher = Switcher(self._cast, rules, states)
        self.opening = self._switcher.state.on_air
        delay_slots = round(delay_s * settings.canvas.fps)
        picture_hooks = PictureHooks(hooks.camera_failed, self._cut_moved, hooks.program_failed, self._name_lost)
        self.pictures = Pictures(
            settings, self.opening, delay_slots, tuple(cameras), picture_hooks, parts.open_encoder
        )
        self.names = NamePlates(show, settings.canvas, self.pictures.bus)
        program = replace(self.pictures.program, put_on=self.names.put_on, take_off=self.names.take_off)
        self._placement = Placement(settings.canvas, delay_s, rules.minimum_shot_s, program)
        self._sound = Sound(lines, sound_batch(delay_s))
        self.files = SessionFiles(folder, hooks.file_failed, parts.open_file)
        self._director: Director | None = None
        self._stopped: Slot | None = None
        self.has_started = False
        try:
            self._open_files()
        except BaseException:  # whatever it was, no file and no thread stays; raised again
            self.abandon()
            raise

    @property
    def director(self) -> Director:
        """The director thread; only after start()."""
        assert self._director is not None
        return self._director

    def _open_files(self) -> None:
        program = self.files.open(PROGRAM_NAME)
        template = self.pictures.program_template.stream
        muxer = Mp4File(program, self._settings.canvas, template, {MIX: self._sound.mix.stream}, self._titles())
        self.files.add(self.pictures.bus.subscribe(picture_queue_limit(self._show)), program, muxer)
        for camera in self._cast.cameras:
            self._open_iso(camera.id, iso_name(camera.number))
        for number, line in enumerate(self._lines, 1):
            queue = PacketQueue(sound_queue_limit())
            file = self.files.open(microphone_name(number))
            self.files.add(queue, file, FlacSinkFile(file, self._sound.flac[line.id].stream_info))
            self._sound.write_flac(line.id, queue)

    def _open_iso(self, camera: CameraId, name: str) -> None:
        file = self.files.open(name)
        tracks = {track: aac.stream for track, aac in tracks_of(camera, self._sound, self._lines).items()}
        template = self.pictures.encoders[camera].encoder.stream
        queue = PacketQueue(picture_queue_limit(self._show))
        self.files.add(queue, file, Mp4File(file, self._settings.canvas, template, tracks, self._titles()))
        self.pictures.write_iso(camera, queue)
        self._sound.write_iso(camera, queue)

    def _titles(self) -> Mapping[str, str]:
        """Names of the sound tracks as editors show them."""
        return {MIX: "Mix"} | {str(microphone.id): microphone.label for microphone in self._cast.microphones}

    def start(self, epoch_ns: int = 0) -> None:
        """Slot 0 begins a tenth of a second from now.

        epoch_ns: when made-up sources gave their first picture; slots begin half a frame off their beat, because in
        step with it a slot would now and then find the picture before.
        """
        pool = FramePool(self._settings.canvas)
        shelves = {camera: feed.shelf for camera, feed in self._cameras.items()}
        placeholders = {camera.id: placeholder(self._settings.canvas, camera, pool) for camera in self._cast.cameras}
        listening = Listening([line.id for line in self._lines], calibration_of(self._prior))
        rules = name_rules(self._show, composes=self.pictures.cuts_anywhere)
        names = Names(LiveNames(self._cast, self.names.plates, rules), self.names.plates)
        # Not before all that takes its time: a clock that starts late finds the first pictures gone.
        start_ns = self._off_beat(time.perf_counter_ns() + _LEAD_NS, epoch_ns)
        self._director = Director(
            self._settings.canvas,
            self._switcher,
            self._placement,
            listening,
            self._hooks.log,
            lambda: (time.perf_counter_ns() - start_ns) / 1e9,
            names,
        )
        self.pictures.start(start_ns, shelves, placeholders)
        self._sound.start(start_ns, self.pictures.bus.offer_sound, self._director.hear, self._hooks.sound_failed)
        self._director.start()
        self.has_started = True

    def viewers_picture(self) -> ViewersPicture:
        """What viewers see, decoded from now on; whoever asks closes it."""
        template = self.pictures.program_template
        return ViewersPicture(self.pictures.bus, self._settings, template.parameter_sets)

    def _cut_moved(self, slot: Slot, camera: CameraId) -> None:
        """The bus could not keep a promise: whoever asks what was on air must know."""
        self._hooks.log("cut_moved", self._settings.canvas.slot_time_s(slot), {"slot": slot, "to": camera})

    def _name_lost(self, first: Slot, slot: Slot) -> None:
        """What lay over the program from slot first on, or was to, is not seen from this slot on."""
        fields = {"slot": slot, "of": first, "cause": "failed"}
        self._hooks.log("name_off", self._settings.canvas.slot_time_s(slot), fields)
        if self._director is not None and (whose := self.names.whose(first)) is not None:
            self._director.tell(NameLost(whose))
        self._hooks.name_lost()

    @property
    def has_gain_control(self) -> bool:
        """Whether the microphones turn themselves up and down now, as far as the director hears."""
        return self.director.state.gain_control_since_s is not None

    def dead_threads(self) -> tuple[str, ...]:
        """Threads that ended before their time."""
        heads = self.pictures.heads
        watched = {
            "program clock": self.pictures.clock.crashed if self.pictures.clock else None,
            "program bus": self.pictures.bus.crashed,
            "head maker": None if heads is None else heads.crashed,
            "director": self.director.crashed,
            "analysis": self.director.deaf,
        }
        return tuple(name for name, error in watched.items() if error is not None)

    def _off_beat(self, earliest_ns: int, epoch_ns: int) -> int:
        frame_ns = self._settings.canvas.slot_time_ns(1)
        return earliest_ns + (epoch_ns + frame_ns // 2 - earliest_ns) % frame_ns

    def tell(self, event: OutsideEvent) -> None:
        """A key or a camera's news, for the director."""
        self.director.tell(event)

    def show_placeholders(self, absent: set[CameraId]) -> None:
        """Cameras that have no picture: their slots show their names instead."""
        if self.pictures.dispatch is not None:
            self.pictures.dispatch.show_placeholders(absent)

    def frames_repeated(self) -> Mapping[CameraId, int]:
        """Slots of each camera that show the same picture as the slot before."""
        return {} if self.pictures.dispatch is None else self.pictures.dispatch.frames_repeated()

    def overloaded(self) -> int:
        """Slots that were repeated because an encoder could not keep up."""
        return sum(encoder.overloaded for encoder in self.pictures.encoders.values())

    def time_s(self) -> float:
        """Session time now."""
        clock = self.pictures.clock
        return 0.0 if clock is None else clock.session_time_s()

    def stop(self) -> Slot:
        """Ends everything in order and returns the length in slots. Idempotent; raises the first error at the end."""
        if self._stopped is not None:
            return self._stopped
        errors: list[BaseException] = []

        def attempt(step: Callable[[], Any]) -> Any:
            try:
                return step()
            except BaseException as error:  # noqa: BLE001 - every later stage must run, or files stay open
                errors.append(error)
                return None

        attempt(self.pictures.stop_clock)
        self._stopped = self.pictures.length
        end_sample = self._settings.canvas.first_sample_of(self._stopped)
        attempt(lambda: self._sound.stop(end_sample))
        if self._director is not None:
            director = self._director
            attempt(lambda: director.close(_CLOSE_S))
        attempt(lambda: self.pictures.close(_CLOSE_S))
        attempt(lambda: self.files.close(_CLOSE_S))
        attempt(self._sound.close)
        if errors:
            raise errors[0]
        return self._stopped

    def abandon(self) -> None:
        """Ends what was begun, however far it came, without a word: somebody else raises what went wrong."""
        with contextlib.suppress(BaseException):
            self.stop()
