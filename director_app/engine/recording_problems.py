"""What goes wrong in a recording that goes on all the same: told to the producer at once, kept by file for its end.

Finds the words only: whoever noticed it has done already what could be done.
"""

from collections.abc import Iterable, Mapping

from director_app.core.sources import CameraId, Cast
from director_app.engine.notices import Notices
from director_app.engine.session_files import PROGRAM_NAME, iso_name
from director_app.engine.taken_away import file_gone

NOTHING_RECORDED = "Nothing was recorded: the recording was stopped before its first picture. No session was kept."


class RecordingProblems:
    """Of one recording. Any thread may tell; of each file the first problem is kept."""

    def __init__(self, cast: Cast, notices: Notices) -> None:
        self._cast = cast
        self._notices = notices
        self._by_file: dict[str, str] = {}
        self._name_was_lost = False

    @property
    def by_file(self) -> Mapping[str, str]:
        """One sentence for every file that is not as it should be, in the order in which they came."""
        return dict(self._by_file)

    def camera_failed(self, camera: CameraId, reason: str) -> None:
        """Its encoder has ended. reason: a sentence."""
        shown = self._cast.camera(camera)
        sentence = f"The recording of camera {shown.title} has ended: {reason} The other cameras go on."
        self._notices.trouble(f"encoder {camera}", sentence)
        self._by_file.setdefault(iso_name(shown.number), sentence)

    def program_failed(self, error: BaseException) -> None:
        """The program bus has ended."""
        sentence = f"{PROGRAM_NAME} has ended: {error} All cameras and microphones go on."
        self._notices.trouble("program", sentence)
        self._by_file.setdefault(PROGRAM_NAME, sentence)

    def file_failed(self, name: str, reason: str) -> None:
        """reason: the system's words."""
        sentence = f"{name} cannot be written any more: {reason}. The other files go on."
        self._notices.trouble(f"file {name}", sentence)
        self._by_file.setdefault(name, sentence)

    def sound_failed(self, error: Exception) -> None:
        """One sound encoder has ended."""
        self._notices.trouble("sound", f"A sound track has ended: {error}. The others go on.")

    def name_lost(self) -> None:
        """A name was not shown, or not to its end; told once."""
        if self._name_was_lost:
            return
        self._name_was_lost = True
        self._notices.news(
            "A name was not shown, or not to its end: its pictures were not encoded in time. The program goes on "
            "without it. Names are tried again; if there are none, close other programs."
        )

    def packets_lacking(self, left_out: Mapping[str, int], skipped: int) -> None:
        """At the end: packets that did not fit into each file's queue, and pictures that the program bus left out."""
        for name, count in left_out.items():
            if count:
                self._by_file.setdefault(name, f"{name} lacks {count} packets: the disk stood still for too long.")
        if skipped:
            self._by_file.setdefault(PROGRAM_NAME, f"{PROGRAM_NAME} lacks {skipped} pictures.")

    def taken_away(self, names: Iterable[str]) -> None:
        """At the end: files that are not in the session's folder any more."""
        for name in names:
            self._by_file.setdefault(name, file_gone(name))
