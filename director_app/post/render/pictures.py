"""The pictures of a film as packets: copied from the ISOs, the heads of shots encoded anew with the same settings.

A shot that begins on a key frame, or goes on where the film's last picture was its neighbour, is copied whole.
Knows nothing of containers but what an MP4 holds: units with their lengths before them.
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, FilmShot
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.head import SHORTEST_HEAD, HeadError
from director_app.media.nal import same_parameter_sets, to_length_prefixed
from director_app.media.packets import FrameKind
from director_app.media.placeholder import draw_placeholder
from director_app.post.heads import encoder_settings, head_again
from director_app.post.render.anew import encoded_anew
from director_app.post.render.cards import card_picture
from director_app.post.render.drawn import Drawn, DrawnOver
from director_app.post.render.errors import MissingPicturesError, RenderError
from director_app.post.render.film_file import Picture
from director_app.post.render.order import Missing
from director_app.post.render.recorded_heads import Coded
from director_app.post.render.source import Iso, Lack, RenderSource, lack_sentence


class SmartPictures:
    """One pass over an edit. encoded: how many pictures were no copies so far; lacking: what was replaced."""

    def __init__(self, source: RenderSource, edit: Edit, missing: Missing, drawn: Drawn | None = None) -> None:
        """drawn: what is drawn into the pictures."""
        self._source, self._edit, self._missing = source, edit, missing
        self._drawn = drawn or Drawn(source.canvas)
        self.encoded = 0
        self.lacking: list[Lack] = []
        self._copies = False
        self._follows: tuple[CameraId, int] | None = None
        """Whose packet of which slot could stand next without being a key frame."""

    def packets(self) -> Iterator[Picture]:
        """All frames of the film in order. Raises RenderError for what cannot be read, or not be encoded."""
        frame = 0
        for each in self._edit.shots():
            shown = self._shot(each.shot, self._drawn.over(each))
            for payload, is_key in chain(self._card(each), shown):
                yield Picture(payload, is_key, frame, frame)
                frame += 1

    def _card(self, each: FilmShot) -> Iterator[Coded]:
        if each.lead:
            self._follows = None
            card = card_picture(self._source, self._drawn.cards[each.stretch], each, self._drawn)
            yield from self._still(each.shot.camera, card, each.lead)

    def _shot(self, shot: Shot, over: DrawnOver) -> Iterator[Coded]:
        iso = self._source.isos.get(shot.camera)
        slot: int = shot.first
        while slot < shot.end:
            can_be_shown, until = (False, shot.end) if iso is None else iso.index.run(slot, shot.end)
            if not can_be_shown or iso is None:
                yield from self._instead(Lack(shot.camera, slot, until))
            else:
                try:
                    for picture in self._run(iso, slot, until, over):
                        slot += 1
                        self._follows = (shot.camera, slot) if self._copies else None
                        yield picture
                except _TornError:
                    # What was torn spoils every picture up to the next key frame.
                    until = iso.index.next_key(slot + 1, until)
                    yield from self._instead(Lack(shot.camera, slot, until))
            slot = until

    def _run(self, iso: Iso, first: int, end: int, over: DrawnOver) -> Iterator[Coded]:
        """Pictures that are all there."""
        slot = first
        for begin, until in over.spans(iso.index, first, end):
            yield from self._as_recorded(iso, slot, begin)
            yield from self._drawn_into(iso, begin, until, over)
            slot = until
        yield from self._as_recorded(iso, slot, end)

    def _as_recorded(self, iso: Iso, first: int, end: int) -> Iterator[Coded]:
        slot = first
        if first < end and self._follows != (iso.camera.id, first) and not iso.index.is_key(first):
            self._copies = False
            for picture in self._head(iso, first, end):
                slot += 1
                yield picture
        if slot < end:
            self._copies = True
            yield from _copied(iso, slot, end)

    def _drawn_into(self, iso: Iso, first: int, end: int, over: DrawnOver) -> Iterator[Coded]:
        self._copies = False
        try:
            for picture in encoded_anew(encoder_settings(self._source.manifest), iso, first, end, over.paint):
                self.encoded += 1
                yield picture
        except HeadError:
            raise _TornError from None

    def _head(self, iso: Iso, first: int, end: int) -> list[Coded]:
        if recorded := self._recorded_head(iso, first, end):
            return recorded
        until = iso.index.next_key(first + SHORTEST_HEAD, end)
        try:
            made = head_again(encoder_settings(self._source.manifest), iso.reader, iso.camera.id, first, until)
        except HeadError:
            made = []
        if [slot for slot, _ in made] != list(range(first, until)):
            raise _TornError
        self.encoded += len(made)
        return [(bytes(packet), bool(packet.is_keyframe)) for _, packet in made]

    def _recorded_head(self, iso: Iso, first: int, end: int) -> list[Coded]:
        """The head as the program has it; nothing if it has none that fits."""
        until = recorded_head_end(self._source, iso, first, end)
        found = [] if until is None else self._source.heads.packets(first, until)
        return found if all(is_whole(payload) for payload, _ in found) else []

    def _instead(self, lack: Lack) -> Iterator[Coded]:
        """Placeholder pictures that can stand beside the cameras' own. Raises MissingPicturesError if unwanted."""
        if self._missing is Missing.REFUSE:
            torn = lack_sentence(self._source, lack).replace("has a hole there", "is damaged there")
            raise MissingPicturesError(f"{torn} Choose another camera there, or ask for a placeholder picture.")
        self.lacking.append(lack)
        self._follows = None
        picture = placeholder_picture(self._source, lack.camera)
        yield from self._still(lack.camera, picture, lack.end - lack.first)

    def _still(self, camera: CameraId, picture: I420, count: int) -> Iterator[Coded]:
        """The same picture again and again."""
        try:
            with VideoEncoder(encoder_settings(self._source.manifest)) as encoder:
                for number in range(count):
                    kind = FrameKind.DELTA if number else FrameKind.KEY
                    for packet in encoder.encode(camera, number, picture, kind):
                        self.encoded += 1
                        yield to_length_prefixed(packet.payload), packet.kind is FrameKind.KEY
        except (EncoderError, HeadError) as error:
            raise RenderError(f"A placeholder or a title could not be encoded: {error}") from error


class _TornError(Exception):
    """A picture cannot be read although the index has it."""


def _copied(iso: Iso, first: int, end: int) -> Iterator[Coded]:
    """Packets as they were recorded, each of them looked at."""
    slot = first
    for own, packet in iso.reader.video_packets(first, end):
        payload = bytes(packet)
        if own != slot or not is_whole(payload):
            raise _TornError
        slot += 1
        yield payload, bool(packet.is_keyframe)
    if slot < end:
        raise _TornError


def is_whole(payload: bytes) -> bool:
    """Whether the units' lengths add up: what a damaged place of the disk does not."""
    at, size = 0, len(payload)
    while at + 4 < size:
        length = int.from_bytes(payload[at : at + 4], "big")
        if not length or payload[at + 4] & 0x80:
            return False
        at += 4 + length
    return at == size


def placeholder_picture(source: RenderSource, camera: CameraId) -> I420:
    """Shape (height * 3 / 2, width), uint8, of the canvas."""
    canvas = source.canvas
    picture = np.zeros((canvas.height * 3 // 2, canvas.width), np.uint8)
    draw_placeholder(canvas, source.camera(camera), picture)
    return picture


def recorded_head_end(source: RenderSource, iso: Iso, first: int, end: int) -> int | None:
    """Up to where, at most end, the program has the head of a shot that begins there; None if it does not help."""
    until = source.heads.end(iso.camera.id, first, iso.parameter_sets)
    if until is None or until <= first or (until < end and not iso.index.is_key(until)):
        return None
    return min(until, end)


def heads_needed(source: RenderSource, edit: Edit) -> int:
    """How many shots begin where neither their camera has a key frame nor the program a head."""
    count, before = 0, None
    for each in edit.shots():
        shot, iso = each.shot, source.isos.get(each.shot.camera)
        before = None if each.lead else before
        if iso is not None and before != (shot.camera, shot.first) and not iso.index.is_key(shot.first):
            count += recorded_head_end(source, iso, shot.first, shot.end) is None
        before = (shot.camera, shot.end)
    return count


def unequal_cameras(source: RenderSource, edit: Edit) -> tuple[str, ...]:
    """Titles of the film's cameras whose packets cannot stand beside those of its first one."""
    used = list(dict.fromkeys(each.shot.camera for each in edit.shots()))
    isos = [source.isos[camera] for camera in used if camera in source.isos]
    if not isos:
        return ()
    first = isos[0]
    return tuple(
        iso.camera.title
        for iso in isos
        if not iso.parameter_sets or not same_parameter_sets(first.parameter_sets, iso.parameter_sets)
    )


def heads_refused(source: RenderSource, edit: Edit) -> str | None:
    """Why pictures cannot be encoded so that they stand beside the cameras' own; None if they can."""
    used = {each.shot.camera for each in edit.shots()}
    try:
        settings: EncoderSettings = encoder_settings(source.manifest)
        with VideoEncoder(settings) as encoder:
            sets = encoder.parameter_sets
    except (HeadError, EncoderError) as error:
        return str(error)
    for camera in used & source.isos.keys():
        if not same_parameter_sets(sets, source.isos[camera].parameter_sets):
            title = source.camera(camera).title
            return f'This program encodes otherwise than camera "{title}" was encoded.'
    return None
