"""One film of a session: `render_film` makes it, complete and checked, or leaves nothing of it.

Brings the parts together: source, choice of the way, sound, pictures, the film's file, the look at it. Never writes
into a recording.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from av.video.stream import VideoStream

from director_app.core.canvas import SAMPLE_RATE
from director_app.post.render.chapters import chapters_of, fitting_chapters
from director_app.post.render.choice import Choice, Facts, choose
from director_app.post.render.decoded import DecodedPictures
from director_app.post.render.drawn import Drawn, undrawable
from director_app.post.render.encoded import EncodedFile, FullEncoding
from director_app.post.render.errors import RenderError
from director_app.post.render.film_file import FilmFile, Picture, index_bytes
from director_app.post.render.finished import check_film
from director_app.post.render.loudness import measured_mix
from director_app.post.render.mastering import master_sound, told
from director_app.post.render.order import Chapter, FilmOrder, MasteredSound, Missing, MixLoudness, RenderedFilm, Way
from director_app.post.render.parts import FilmParts, written_or_nothing
from director_app.post.render.pictures import SmartPictures, heads_needed, heads_refused, unequal_cameras
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sound import ShowSound, best_sound, film_sound
from director_app.post.render.sound_file import BIT_RATE, SoundFile, kept, kept_sound
from director_app.post.render.source import (
    Lack,
    RenderSource,
    lack_sentence,
    lacks,
    refuse_lacks,
    refuse_recordings,
)
from director_app.session.event_log import EventRecord, read_events


def render_film(order: FilmOrder, progress: Progress | None = None) -> RenderedFilm:
    """Makes the film that was ordered. Raises RenderError (or another SessionError) with a sentence.

    Nothing stands under the output's name before the film is complete; what stood there before stays until then.
    """
    with RenderSource(order.session) as source:
        refuse_recordings(source, order.output)
        with FilmParts(order.output) as parts, written_or_nothing(parts, order.session):
            return _Film(order, source, parts, progress or Progress()).make()


class _Film:
    """One order on its way."""

    def __init__(self, order: FilmOrder, source: RenderSource, parts: FilmParts, progress: Progress) -> None:
        self._order, self._source, self._parts, self._progress = order, source, parts, progress
        self._frames = len(order.edit)
        self._samples = source.canvas.first_sample_of(self._frames)
        self._drawn = Drawn(source.canvas, order.names, order.delivery.crop, order.cards)
        self._warnings = [undrawable(each) for each in self._drawn.undrawable]

    def make(self) -> RenderedFilm:
        """All steps in order."""
        order, source = self._order, self._source
        found = lacks(source, order.edit)
        if order.missing is Missing.REFUSE:
            refuse_lacks(source, found)
        choice = choose(order.delivery, self._facts(found), order.way)
        encoding = FullEncoding(source.canvas, order.delivery) if choice.way is Way.FULL else None
        template = self._template()
        self._parts.refuse_full_disk(self._estimate(choice))
        sound = self._sound()
        part = self._parts.path()
        if encoding is None:
            encoded, lacking = self._copied(template, part)
        else:
            lacking = self._encoded(encoding, choice, template, part)
            encoded = self._frames
        self._progress.at(Stage.CHECKING, 0, self._frames)
        check_film(part, source.canvas, self._frames)
        self._progress.at(Stage.CHECKING, self._frames, self._frames)
        self._warnings += [lack_sentence(source, lack) for lack in lacking]
        return RenderedFilm(
            path=order.output,
            bytes=self._parts.finish(part),
            slots=self._frames,
            way=choice.way,
            why=choice.why,
            encoded_frames=encoded,
            sound=sound,
            warnings=tuple(self._warnings),
        )

    def _copied(self, template: VideoStream, path: Path) -> tuple[int, list[Lack]]:
        """Writes the film of copied packets; gives how many pictures were encoded and what was missing."""
        pictures = SmartPictures(self._source, self._order.edit, self._order.missing, self._drawn)
        self._joined(template, pictures.packets(), path, Stage.COPYING)
        return pictures.encoded, pictures.lacking

    def _encoded(self, encoding: FullEncoding, choice: Choice, template: VideoStream, path: Path) -> list[Lack]:
        """Writes a film all of whose pictures are encoded; gives what was missing."""
        made, copied = self._parts.path("pictures"), self._parts.path("copied")
        self._warnings += [encoding.warning] if encoding.warning else []
        if choice.can_be_copied:
            # One film as source: decoding all cameras side by side costs more.
            _, lacking = self._copied(template, copied)
            encoding.of_film(copied, made, self._at_frame)
            copied.unlink()
        else:
            pictures = DecodedPictures(self._source, self._order.edit, self._order.missing, self._drawn)
            encoding.of_pictures(pictures, made, self._at_frame)
            lacking = pictures.lacking
        with EncodedFile(made, self._source.canvas.fps) as file:
            self._joined(file.video, file.packets(), path, Stage.JOINING)
        return lacking

    def _at_frame(self, frame: int) -> None:
        self._progress.at(Stage.ENCODING, frame, self._frames)

    def _facts(self, found: list[Lack]) -> Facts:
        source, edit = self._source, self._order.edit
        return Facts(
            (source.canvas.width, source.canvas.height),
            unequal_cameras(source, edit),
            heads_needed(source, edit),
            heads_refused(source, edit),
            sum(lack.end - lack.first for lack in found),
            self._drawn.names,
            sum(1 for each in edit.stretches if each.lead),
        )

    def _estimate(self, choice: Choice) -> int:
        """Of everything that is on the disk at once, besides what is there already."""
        isos, shots = self._source.isos, [each.shot for each in self._order.edit.shots()]
        pictures = sum(
            isos[shot.camera].index.bytes_of(shot.first, shot.end) for shot in shots if shot.camera in isos
        )
        sound = self._samples * BIT_RATE // 8 // SAMPLE_RATE
        mix = 4 * self._samples
        films = 1 if choice.way is Way.SMART else 3 if choice.can_be_copied else 2
        return (
            max(mix, films * pictures) + 2 * sound + index_bytes(self._frames, self._samples, len(self._chapters()))
        )

    def _template(self) -> VideoStream:
        """Whose pictures the film's look like. Raises RenderError where no camera's file can be read."""
        for each in self._order.edit.shots():
            if each.shot.camera in self._source.isos:
                return self._source.isos[each.shot.camera].reader.video
        raise RenderError("None of the film's cameras has a recording that can be read, so there is nothing to copy.")

    def _sound(self) -> MasteredSound:
        """Writes the film's sound beside it."""
        mix, parts = self._parts.path("mix"), self._parts
        sound, before, warnings = best_sound(self._source, lambda each: self._heard(each, mix))
        sound.close()
        target = self._order.delivery.loudness
        made, more = master_sound(
            lambda: kept_sound(mix), before, target, parts.path("sound"), self._samples, self._progress
        )
        mix.unlink()
        self._warnings += [*warnings, *more]
        return replace(made, came_from=sound.came_from)

    def _heard(self, sound: ShowSound, mix: Path) -> MixLoudness:
        pieces = kept(film_sound(sound, self._order.edit, self._source.canvas), mix)
        return measured_mix(told(pieces, self._progress, Stage.LISTENING, self._samples))

    def _joined(self, template: VideoStream, pictures: Iterator[Picture], path: Path, stage: Stage) -> None:
        """Pictures with the sound of their time between them, in one file."""
        fps = self._source.canvas.fps
        with SoundFile(self._parts.path("sound")) as sound:
            title, chapters = self._title(), self._chapters()
            with FilmFile(path, template, sound.stream, fps, self._frames, title, chapters) as film:
                packets = sound.packets()
                ahead = next(packets, None)
                for picture in pictures:
                    until = (film.frames + 1) * SAMPLE_RATE / fps
                    while ahead is not None and (ahead.pts or 0) < until:
                        film.write_sound(ahead)
                        ahead = next(packets, None)
                    film.write_picture(picture)
                    self._progress.at(stage, film.frames, self._frames)
                while ahead is not None:
                    film.write_sound(ahead)
                    ahead = next(packets, None)
                if film.frames != self._frames:
                    raise RenderError(
                        f"The film came to {film.frames} pictures instead of {self._frames}, so it was not kept. "
                        f"Check the session with: director check {self._order.session}"
                    )
                film.finish()

    def _title(self) -> str:
        return self._order.title or self._source.manifest.title

    def _chapters(self) -> tuple[Chapter, ...]:
        order = self._order
        if order.chapters is not None:
            return fitting_chapters(order.chapters, self._frames, self._title())
        return chapters_of(self._events(), order.edit, self._source.canvas, self._title())

    def _events(self) -> list[EventRecord]:
        """None where the log is lost: a film without markers is better than no film."""
        with suppress(OSError):
            return read_events(self._source.folder)
        return []
