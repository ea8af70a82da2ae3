"""What is told of a file that was made, by name: the same words in manifests, in results and on the desk."""

from typing import Any

from director_app.core.canvas import Canvas
from director_app.core.lower_thirds import LowerThirds
from director_app.post.render.order import MasteredSound, RenderedFilm


def film_facts(film: RenderedFilm) -> dict[str, Any]:
    """How a film was made, and how loud it is."""
    pictures = {"way": film.way.value, "why": film.why, "encoded_frames": film.encoded_frames}
    return pictures | sound_facts(film.sound) | {"warnings": list(film.warnings)}


def name_facts(names: LowerThirds | None, canvas: Canvas) -> dict[str, Any]:
    """Whose names appear in a film, and when; seconds of the film. Nothing where none were asked for."""
    if names is None:
        return {}
    shown = [
        {
            "name": each.person.name,
            "role": each.person.role,
            "from_s": round(canvas.slot_time_s(each.first), 3),
            "to_s": round(canvas.slot_time_s(each.end), 3),
        }
        for each in names.shown
    ]
    return {"names": shown}


def sound_facts(sound: MasteredSound) -> dict[str, Any]:
    """LUFS, dBTP and dB; None where nothing can be heard."""
    return {
        "loudness": {
            "target": sound.target.value,
            "before_lufs": sound.before.lufs,
            "lufs": sound.after.lufs,
            "true_peak_db": sound.after.true_peak_db,
            "gain_db": sound.gain_db,
        },
        "sound_from": list(sound.came_from),
    }
