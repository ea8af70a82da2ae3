"""A show of any length for measuring what comes after it: 1080p30, made in a fraction of its time and kept small.

Sixteen seconds of each camera are encoded once and their packets repeated, which closed groups of pictures allow: the
cost of reading, copying and decoding is that of a show as long. Sound is the demo's talk, over and over.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from director_app.capture.demo import DEMO_PEOPLE, demo_microphone_file
from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.cut_list import cut_list
from director_app.core.edits import Edit, whole_show
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.mp4 import Mp4File
from director_app.media.packets import FrameKind, VideoPacket
from director_app.media.recorded_file import RecordedFile
from director_app.media.sound.aac import AacEncoder, Layout
from director_app.media.sound.automix import Automix
from director_app.media.sound.flac import FlacEncoder, FlacFile
from director_app.media.sound.packets import Pcm24, SoundPacket
from director_app.media.strip import Strip, draw_strip
from director_app.post.microphone_files import MicrophoneFile
from director_app.session.event_log import append_events
from director_app.session.manifest import FilePart, FileRole, Manifest, read_manifest, write_manifest
from tests.bench.heads import pictures
from tests.helpers.made_sessions import manifest_of

CANVAS = Canvas(1920, 1080, Fraction(30))
LOOP = 480
"""Slots: 16 s, which hold 750 whole frames of AAC and an even number of key frames."""

HEAD = 15
"""Slots of a live cut's head: the camera's next key frame is asked for when the cut is decided."""

_CAMERAS = 3
_DISTINCT = 60
_SAMPLES_A_LOOP = LOOP * 1600
_SECONDS_OF_TALK = 60
_SETTINGS = EncoderSettings(CANVAS)


def long_show(sessions: Path, minutes: int, preset: str = _SETTINGS.preset) -> Path:
    """Three cameras and microphones; a picture's strip says its camera and its slot modulo LOOP."""
    folder, settings = sessions / str(uuid.uuid4()), replace(_SETTINGS, preset=preset)
    folder.mkdir(parents=True)
    slots = minutes * 60 * 30
    talk = _talk()
    mix = _mix_packets(talk)
    with ExitStack() as stack:
        mix_encoder = AacEncoder("mix", Layout.STEREO, bit_rate=160_000)
        stack.callback(mix_encoder.close)
        for camera in range(_CAMERAS):
            _write_camera(folder / f"cam_{camera + 1}_iso.mp4", settings, camera, slots, mix, mix_encoder)
    for number, samples in enumerate(talk, 1):
        _write_microphone(folder / f"mic_{number}.flac", samples, slots)
    append_events(folder, [{"t_s": 0.0, "type": "record_start", "opening": "cam_1"}])
    write_manifest(folder, _manifest(folder, settings, slots))
    return folder


def cut_at(cuts: Sequence[int], slots: int) -> Edit:
    """The whole show, with another camera from each of these slots on."""
    random_, on_air = random.Random(1), 1
    found: list[tuple[int, CameraId]] = []
    for slot in sorted(cuts):
        on_air = random_.choice([each for each in (1, 2, 3) if each != on_air])
        found.append((slot, CameraId(f"cam_{on_air}")))
    return whole_show(cut_list(CameraId("cam_1"), found), slots)


def strip_of(camera: CameraId, slot: int) -> Strip:
    """What the picture of a camera says in a slot."""
    return Strip(int(camera.removeprefix("cam_")) - 1, slot % LOOP)


def add_program(show: Path, film: Path, edit: Edit) -> None:
    """Makes a film of the whole show its program, as if it had been cut so live; film is no longer there then.

    Every shot but the first begins with a head of half a second.
    """
    film.replace(show / "program.mp4")
    shots = [each.shot for each in edit.shots()]
    lines = [
        {"t_s": CANVAS.slot_time_s(shot.first), "type": "manual_cut", "slot": shot.first, "to": shot.camera}
        | {"head_end": shot.first + HEAD}
        for shot in shots[1:]
    ]
    append_events(show, lines)
    manifest = read_manifest(show)
    program = FilePart(name="program.mp4", role=FileRole.PROGRAM)
    write_manifest(show, manifest.model_copy(update={"files": (program, *manifest.files)}))


def _talk() -> Pcm24:
    """Shape (microphones, samples): a minute of each of the demo's first three people."""
    rows = []
    for who in DEMO_PEOPLE[:_CAMERAS]:
        file = MicrophoneFile(demo_microphone_file(who))
        rows.append(file.read(_SECONDS_OF_TALK * SAMPLE_RATE))
        file.close()
    count = min(map(len, rows)) // 960 * 960
    return np.stack([row[:count] for row in rows])


def _mix_packets(talk: Pcm24) -> list[SoundPacket]:
    """One loop of the mix; where loops meet it may click, which nobody measures."""
    encoder, mixer = AacEncoder("mix", Layout.STEREO, bit_rate=160_000), Automix(len(talk))
    packets = encoder.encode(mixer.mix(talk[:, :_SAMPLES_A_LOOP])) + encoder.finish(_SAMPLES_A_LOOP)
    encoder.close()
    return packets


def _write_camera(
    path: Path,
    settings: EncoderSettings,
    camera: int,
    slots: int,
    mix: list[SoundPacket],
    mix_encoder: AacEncoder,
) -> None:
    file = RecordedFile(path)
    with VideoEncoder(settings) as encoder:
        loop = list(_encoded(encoder, camera))
        film = Mp4File(file, CANVAS, encoder.stream, {"mix": mix_encoder.stream})
        for slot in range(slots):
            packet = loop[slot % LOOP]
            film.write(VideoPacket(packet.camera, slot, packet.kind, packet.payload))
            shift = slot // LOOP * _SAMPLES_A_LOOP
            low, high = ((slot % LOOP + more) * 1600 for more in (0, 1))
            for sound in mix[-(-low // 1024) : -(-high // 1024)]:
                film.write(SoundPacket("mix", sound.pts + shift, sound.duration, sound.payload))
        film.close()
    file.close()


def _encoded(encoder: VideoEncoder, camera: int) -> Iterator[VideoPacket]:
    drawn = [_coloured(picture, camera) for picture in pictures(_DISTINCT)]
    for slot in range(LOOP):
        kind = FrameKind.DELTA if slot % _SETTINGS.period_slots else FrameKind.KEY
        # There and back again, so that nothing jumps.
        turn = slot % (2 * _DISTINCT - 2)
        picture = drawn[min(turn, 2 * _DISTINCT - 2 - turn)].copy()
        draw_strip(picture, camera, slot)
        yield from encoder.encode(CameraId(f"cam_{camera + 1}"), slot, picture, kind)


def _coloured(picture: I420, camera: int) -> I420:
    """Each camera in a light of its own, and turned round, so that no two look alike."""
    picture = picture.copy()
    luma = picture[: CANVAS.height]
    if camera:
        luma[:] = cv2.flip(luma, camera - 1)
    picture[CANVAS.height :] = 100 + 20 * camera
    return picture


def _write_microphone(path: Path, samples: Pcm24, slots: int) -> None:
    file, encoder = RecordedFile(path), FlacEncoder("microphone")
    flac = FlacFile(file, encoder.stream_info)
    left = CANVAS.first_sample_of(slots)
    while left:
        piece = samples[:left]
        left -= len(piece)
        for packet in encoder.encode(piece):
            flac.write(packet)
    for packet in encoder.finish():
        flac.write(packet)
    flac.close()
    encoder.close()
    file.close()


def _manifest(folder: Path, settings: EncoderSettings, slots: int) -> Manifest:
    numbers = range(1, _CAMERAS + 1)
    cameras = [(f"cam_{each}", f"Camera {each}") for each in numbers]
    microphones = [(f"mic_{each}", f"Person {each}", f"cam_{each}") for each in numbers]
    return manifest_of(folder, "Measurement", settings, slots, cameras, microphones)
