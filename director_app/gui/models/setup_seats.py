"""What each row of Set up's microphones says: name, device, camera, level, and what the sound check found. No Qt."""

from dataclasses import dataclass

from director_app.core.sources import MicrophoneId, SourceState
from director_app.engine.devices import DeviceLists
from director_app.engine.sound_checking import CheckNow, KeptFigures, Stage
from director_app.engine.studio_state import MicrophoneNow, StudioState
from director_app.gui.models.meter import Meter, MeterView
from director_app.gui.models.setup import Draft, Fault, camera_name
from director_app.gui.models.setup_choices import NOT_PLUGGED_IN, Choices, microphone_choices
from director_app.gui.models.sound_rows import Mark, ResultView, SoundRow, sound_rows
from director_app.session.show import Show


@dataclass(frozen=True, slots=True)
class SeatView:
    """number: from 1. cameras: names in key order; seat: the place of the one that shows this person.

    sound: what the check says; a microphone that gives none says why instead.
    """

    number: int
    label: str
    choices: Choices
    cameras: tuple[str, ...]
    camera_ids: tuple[str, ...]
    seat: int
    sound: SoundRow


@dataclass(frozen=True, slots=True)
class LevelView:
    """on: this person is listened to now. heard_db: for the voice that is drawn meanwhile."""

    meter: MeterView
    on: bool
    heard_db: float


class Seats:
    """Remembers peaks. One thread."""

    def __init__(self) -> None:
        self._meters: dict[str, Meter] = {}

    def look(
        self,
        draft: Draft,
        faults: tuple[Fault, ...],
        state: StudioState,
        lists: DeviceLists | None,
        check: tuple[CheckNow | None, Show | None, KeptFigures | None],
        seen: frozenset[str],
    ) -> tuple[SeatView, ...]:
        """check: how it is, the show it is of, and what an earlier one has found. seen: ids of the microphones that
        the studio has as the draft wants them.
        """
        now, show, kept = check
        rows = sound_rows(now, show, kept) if show is not None else ()
        return tuple(
            self._seat(draft, row, faults, _heard(draft, row, state) if each.id in seen else None, lists, rows)
            for row, each in enumerate(draft.microphones)
        )

    def levels(self, draft: Draft, state: StudioState, now: CheckNow | None) -> tuple[LevelView, ...]:
        """Twenty times a second."""
        self._meters = {each.id: self._meters.get(each.id, Meter()) for each in draft.microphones}
        return tuple(self._level(draft, row, state, now) for row in range(len(draft.microphones)))

    def _level(self, draft: Draft, row: int, state: StudioState, now: CheckNow | None) -> LevelView:
        heard = _heard(draft, row, state) or MicrophoneNow(SourceState.OPENING)
        listens = now is not None and now.stage is Stage.LISTENING
        asked = listens and now is not None and now.asked == row
        heard_db = now.levels_db[row] if now is not None and row < len(now.levels_db) else -60.0
        meter = self._meters[draft.microphones[row].id].look(heard.level, state.now_s)
        return LevelView(meter, asked or heard.speaks, heard_db)

    def _seat(
        self,
        draft: Draft,
        row: int,
        faults: tuple[Fault, ...],
        heard: MicrophoneNow | None,
        lists: DeviceLists | None,
        rows: tuple[SoundRow, ...],
    ) -> SeatView:
        microphone = draft.microphones[row]
        serves = heard is not None and heard.state is SourceState.OK
        choices = microphone_choices(draft, row, lists, serves=serves)
        trouble = _trouble(row, faults, heard, choices)
        sound = rows[row] if row < len(rows) else SoundRow()
        ids = tuple(camera.id for camera in draft.cameras)
        return SeatView(
            number=row + 1,
            label=microphone.label,
            choices=choices,
            cameras=tuple(camera_name(draft, each) for each in range(len(draft.cameras))),
            camera_ids=ids,
            seat=ids.index(microphone.camera) if microphone.camera in ids else -1,
            sound=sound if trouble is None else SoundRow(result=trouble),
        )


def _heard(draft: Draft, row: int, state: StudioState) -> MicrophoneNow | None:
    return state.microphones.get(MicrophoneId(draft.microphones[row].id))


def _trouble(row: int, faults: tuple[Fault, ...], heard: MicrophoneNow | None, choices: Choices) -> ResultView | None:
    fault = next((each.sentence for each in faults if each.microphone == row), None)
    if fault is not None:
        return ResultView(Mark.BAD, text=fault, hint=fault)
    if not choices.entries[choices.selected].is_there:
        words = "Plug it in, or choose another device."
        return ResultView(Mark.BAD, NOT_PLUGGED_IN.capitalize(), words)
    if heard is not None and heard.state is SourceState.LOST:
        return ResultView(Mark.BAD, "No sound", heard.error or "", hint=heard.error or "")
    return None
