"""Where key frames should lie before anybody knows of a cut: at the first word of whoever is not on air."""

from director_app.core.evidence import Heard
from director_app.core.sources import CameraId, Cast, MicrophoneId

_AFTER_PAUSE_S = 0.3
_RARELY_S = 1.0


class OnsetWishes:
    """Watches every microphone; at most one wish a second for each camera."""

    def __init__(self, cast: Cast) -> None:
        self._camera = {microphone.id: microphone.camera for microphone in cast.microphones}
        self._last_speech_s: dict[MicrophoneId, float] = {}
        self._last_wish_s: dict[CameraId, float] = {}

    def hear(self, heard: Heard, on_air: CameraId) -> tuple[CameraId, ...]:
        """Cameras that may be cut to soon, for which a key frame is worth its bytes."""
        wishes: list[CameraId] = []
        for record in heard.records:
            if not record.own_speech:
                continue
            last_s = self._last_speech_s.get(record.microphone, -1e9)
            self._last_speech_s[record.microphone] = heard.t_s
            camera = self._camera[record.microphone]
            begins = heard.t_s - last_s > _AFTER_PAUSE_S
            rests = heard.t_s - self._last_wish_s.get(camera, -1e9) >= _RARELY_S
            if begins and rests and camera != on_air and camera not in wishes:
                self._last_wish_s[camera] = heard.t_s
                wishes.append(camera)
        return tuple(wishes)
