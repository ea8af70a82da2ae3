"""Films with every kind of join, of a show of one minute: what they must show, and where sources meet in them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import av

from director_app.core.edits import FilmShot, parts_of, with_leads
from director_app.core.lower_thirds import Look, LowerThird, LowerThirds, Person
from director_app.media.strip import Strip
from director_app.post.render.film import render_film
from director_app.post.render.order import Card, FilmOrder
from tests.bench.post_material import HEAD, add_program, cut_at, long_show, strip_of

SLOTS = 1800
_CUTS = 30
_PERIOD = 60
"""Slots between two key frames of a camera."""

_CLIP, _CLIPS, _CARD = 150, 8, 60
_NAME, _WAIT, _NAMES_EVERY = 75, 15, 240

Coded = tuple[bytes, bool]
"""A packet, and whether it is a key frame."""


@dataclass(frozen=True, slots=True)
class JoinedFilm:
    """wanted: what each frame's strip must say, None on title cards. joins: frames that follow upon no neighbour."""

    name: str
    path: Path
    wanted: tuple[Strip | None, ...]
    joins: tuple[int, ...]


def joined_films(folder: Path, preset: str) -> list[JoinedFilm]:
    """A re-cut at moments without key frames, highlights with names and title cards, a master with names; a control.

    The control, last, is the re-cut without what makes its joins good.
    """
    show = long_show(folder, SLOTS // 30 // 60, preset)
    isos = [_packets(path) for path in sorted(show.glob("cam_*_iso.mp4"))]
    name = folder / preset
    recut = cut_at(random.Random(3).sample(range(1, SLOTS), _CUTS), SLOTS)
    films = [_made(FilmOrder(show, recut, name.with_name(f"{preset}-recut.mp4")), isos)]
    # The live cut's heads are taken from its program, as after a real show.
    keys = random.Random(4).sample(range(1, SLOTS // _PERIOD), SLOTS // _PERIOD * 2 // 3)
    live = cut_at([_PERIOD * each - HEAD for each in keys], SLOTS)
    program = render_film(FilmOrder(show, live, name.with_name(f"{preset}-program.mp4")))
    add_program(show, program.path, live)
    clips = with_leads(parts_of(live, list(_ranges(random.Random(5)))), _CARD)
    cards = tuple(Card(f"Part {number}", "Measurement", (90, 169, 255)) for number in range(1, _CLIPS + 1))
    starts = list(accumulate((each.lead + len(each) for each in clips.stretches), initial=_CARD + _WAIT))[:-1]
    reel = FilmOrder(show, clips, name.with_name(f"{preset}-highlights.mp4"), names=_names(starts), cards=cards)
    master = FilmOrder(
        show,
        live,
        name.with_name(f"{preset}-master.mp4"),
        names=_names(range(_WAIT, SLOTS - _NAME, _NAMES_EVERY)),
    )
    return [*films, _made(reel, isos), _made(master, isos), _without_heads(films[0], isos)]


def _made(order: FilmOrder, isos: Sequence[Sequence[Coded]]) -> JoinedFilm:
    path = render_film(order).path
    wanted: list[Strip | None] = []
    copied: list[bool] = []
    written = _packets(path)
    for each in order.edit.shots():
        for strip, slot in _shown(each):
            payload = written[len(wanted)][0]
            copied.append(strip is not None and isos[strip.camera_index][slot][0] == payload)
            wanted.append(strip)
    firsts = {each.frame for each in order.edit.shots()} - {0}
    changes = {frame for frame, (before, after) in enumerate(pairwise(copied), 1) if before != after}
    return JoinedFilm(path.stem, path, tuple(wanted), tuple(sorted(firsts | changes)))


def _shown(each: FilmShot) -> Iterator[tuple[Strip | None, int]]:
    """(strip, slot) of a shot's frames, with the card before it."""
    for _ in range(each.lead):
        yield None, 0
    for slot in range(each.shot.first, each.shot.end):
        yield strip_of(each.shot.camera, slot), slot


def _without_heads(film: JoinedFilm, isos: Sequence[Sequence[Coded]]) -> JoinedFilm:
    """As a film is that copies packets from anywhere on."""
    output = film.path.with_stem(f"{film.path.stem}-control")
    with av.open(str(film.path)) as source, av.open(str(output), "w") as container:
        video = source.streams.video[0]
        stream = container.add_stream_from_template(video)
        packets = (each for each in source.demux(video) if each.size)
        for packet, strip in zip(packets, film.wanted, strict=True):
            assert strip is not None
            payload, is_key = isos[strip.camera_index][strip.frame_number]
            made = av.Packet(payload)
            made.pts, made.dts, made.duration = packet.pts, packet.dts, packet.duration
            made.time_base, made.stream, made.is_keyframe = packet.time_base, stream, is_key
            container.mux_one(made)
    return JoinedFilm(output.stem, output, film.wanted, film.joins)


def _packets(path: Path) -> list[Coded]:
    with av.open(str(path)) as container:
        demuxed = container.demux(container.streams.video[0])
        return [(bytes(packet), bool(packet.is_keyframe)) for packet in demuxed if packet.size]


def _names(firsts: Sequence[int]) -> LowerThirds:
    people = [Person("Ana Lima", "Guest"), Person("Ben Okafor", "Host"), Person("Chloe Martin")]
    shown = [LowerThird(first, first + _NAME, people[at % 3]) for at, first in enumerate(firsts)]
    return LowerThirds(Look(), tuple(shown))


def _ranges(random_: random.Random) -> Iterator[tuple[int, int]]:
    """From anywhere on; not in the order of the show."""
    each = SLOTS // _CLIPS
    for number in random_.sample(range(_CLIPS), _CLIPS):
        first = number * each + random_.randint(0, each - _CLIP)
        yield first, first + _CLIP
