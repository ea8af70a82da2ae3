"""Title cards: silent frames before each part of a film; everything behind them is where it belongs."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import Shot, cut_list
from director_app.core.edits import Edit, Stretch, parts_of, whole_show, with_leads
from director_app.core.sources import CameraId
from director_app.media.frame import I420, black_picture
from director_app.media.lower_third import Stage
from director_app.media.title_card import dim, title_card
from director_app.post.heads import psnr_db
from director_app.post.render.film import render_film
from director_app.post.render.framing import Shape, framing
from director_app.post.render.order import (
    Card,
    Chapter,
    Crop,
    Delivery,
    FilmOrder,
    Missing,
    Quality,
    RenderedFilm,
    Way,
)
from tests.helpers.made_sessions import Making, made_session, sine
from tests.helpers.pictures import strips_of
from tests.helpers.rendered import RATE, isos_of, sound_of, wanted_strips

pytestmark = pytest.mark.computes

CANVAS = Canvas(640, 360, Fraction(30))
A, B = CameraId("a"), CameraId("b")
CUTS = whole_show(cut_list(A, [(100, B)]), 200)
CLIPS = parts_of(CUTS, [(90, 130), (130, 160), (20, 50)])
LEAD = 12
EDIT = with_leads(CLIPS, LEAD)
"""Frames 0-11 card, 12-51 clip, 52-63 card, 64-93 clip, 94-105 card, 106-135 clip."""

STARTS = ((0, A, 90), (52, B, 130), (94, A, 20))
RED = (217, 43, 47)
CARDS = tuple(Card(f"Part {number}", "A made show", RED) for number in (1, 2, 3))


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cameras and a steady tone; nobody changes it."""
    making = Making(CANVAS, slots=200, microphones=1, sound=sine())
    return made_session(tmp_path_factory.mktemp("sessions"), making)


@pytest.fixture(scope="module")
def film(show: Path, tmp_path_factory: pytest.TempPathFactory) -> RenderedFilm:
    """Three clips with their cards, copied."""
    output = tmp_path_factory.mktemp("films") / "highlights.mp4"
    chapters = tuple(Chapter(frame, card.title) for (frame, _, _), card in zip(STARTS, CARDS, strict=True))
    return render_film(FilmOrder(show, EDIT, output, chapters=chapters, cards=CARDS))


def test_every_picture_behind_a_card_is_the_one_that_was_asked_for(film: RenderedFilm, show: Path) -> None:
    clips = wanted_strips(show, CLIPS)
    none = [None] * LEAD
    assert strips_of(film.path) == [*none, *clips[:40], *none, *clips[40:70], *none, *clips[70:]]
    assert (film.way, film.slots, film.warnings) == (Way.SMART, len(EDIT), ())
    assert film.why == ("Pictures are copied; only the beginnings of 4 shots and 3 title cards are encoded anew.")


def test_cards_show_their_words_over_what_comes(film: RenderedFilm, show: Path) -> None:
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(show).items()}
    for (frame, camera, slot), card in zip(STARTS, CARDS, strict=True):
        wanted = isos[camera][slot].copy()
        dim(wanted)
        title_card(card.title, card.show, RED, Stage(640, 360), CANVAS).paint(wanted)
        assert all(psnr_db(shown[at], wanted) > 36 for at in range(frame, frame + LEAD))


def test_cards_are_silent_and_the_sound_of_the_clips_lies_under_their_pictures(film: RenderedFilm) -> None:
    sound = np.abs(sound_of(film.path))
    assert abs(len(sound) - len(EDIT) * RATE // 30) <= 1024
    for frame, _, _ in STARTS:
        card, clip = frame * RATE // 30, (frame + LEAD) * RATE // 30
        # AAC smears by half a packet; 20 ms are what ears take for together.
        assert sound[card + 960 : clip - 960].max() < 0.01
        assert sound[clip + 960 : clip + 3 * 960].max() > 0.1


def test_chapters_begin_at_the_cards(film: RenderedFilm) -> None:
    with av.open(str(film.path)) as container:
        found = container.chapters()
    starts = [round(each["start"] * float(each["time_base"] or 0) * 30) for each in found]
    assert list(zip(starts, [each["metadata"]["title"] for each in found], strict=True)) == [
        (0, "Part 1"),
        (52, "Part 2"),
        (94, "Part 3"),
    ]


def test_other_decoders_have_nothing_to_say(film: RenderedFilm) -> None:
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(film.path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_film_that_is_encoded_anyway_has_the_same_cards(film: RenderedFilm, show: Path, tmp_path: Path) -> None:
    delivery = Delivery(quality=Quality("ultrafast", 16))
    full = render_film(FilmOrder(show, EDIT, tmp_path / "full.mp4", delivery, cards=CARDS))
    assert full.way is Way.FULL
    copied, encoded = decoded(film.path), decoded(full.path)
    assert all(psnr_db(copied[frame], encoded[frame]) > 33 for frame in range(len(EDIT)))


def test_a_narrow_film_has_its_cards_within_what_is_seen(show: Path, tmp_path: Path) -> None:
    crop = framing(show, EDIT, Shape.VERTICAL)
    assert crop.places[0][0] == 0
    crop = Crop(202, 360, ((0, 80), (94, 400)))
    delivery = Delivery((202, 360), crop=crop, quality=Quality("ultrafast", 16))
    film = render_film(FilmOrder(show, EDIT, tmp_path / "narrow.mp4", delivery, cards=CARDS))
    shown, isos = decoded(film.path), {camera: decoded(path) for camera, path in isos_of(show).items()}
    for (frame, camera, slot), left, card in zip(STARTS, (80, 80, 400), CARDS, strict=True):
        wanted = isos[camera][slot].copy()
        dim(wanted)
        title_card(card.title, card.show, RED, Stage(202, 360), CANVAS).paint(wanted, shift=left)
        assert psnr_db(shown[frame + 5][:360], wanted[:360, left : left + 202]) > 30


def test_a_card_before_pictures_that_are_missing_is_black_under_its_words(show: Path, tmp_path: Path) -> None:
    after_the_end = with_leads(Edit([Stretch((Shot(A, Slot(200), Slot(206)),))]), LEAD)
    order = FilmOrder(show, after_the_end, tmp_path / "film.mp4", missing=Missing.PLACEHOLDER, cards=CARDS[:1])
    shown = decoded(render_film(order).path)
    wanted = black_picture(CANVAS)
    title_card("Part 1", "A made show", RED, Stage(640, 360), CANVAS).paint(wanted)
    assert len(shown) == LEAD + 6
    assert all(psnr_db(picture, wanted) > 36 for picture in shown[:LEAD])


def decoded(path: Path) -> list[I420]:
    with av.open(str(path)) as container:
        return [np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8) for frame in container.decode(video=0)]
