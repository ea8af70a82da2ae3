"""What is told of a file that was made, by name: the same words in manifests, in results and on the desk."""

from typing import Any

from director_app.post.render.order import MasteredSound, RenderedFilm


def film_facts(film: RenderedFilm) -> dict[str, Any]:
    """How a film was made, and how loud it is."""
    pictures = {"way": film.way.value, "why": film.why, "encoded_frames": film.encoded_frames}
    return pictures | sound_facts(film.sound) | {"warnings": list(film.warnings)}


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
