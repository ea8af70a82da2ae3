"""Before a show starts: mistakes that can be seen without recording anything. Opens files, asks for devices."""

from collections.abc import Sequence

from director_app.capture.camera_file import FileCamera
from director_app.capture.camera_list import CameraDevice, find_camera, list_cameras, names_of
from director_app.capture.errors import SourceError
from director_app.capture.microphone_file import FileMicrophone, Play
from director_app.capture.microphone_list import InputDevice, list_microphones
from director_app.capture.microphone_list import names_of as microphone_names
from director_app.cli.outcome import BadInput
from director_app.engine.devices import find_microphone
from director_app.session import show as tables
from director_app.session.show import Show

_HOW_TO_GO_ON = "Plug it in, correct the show file, or start without it: --start-anyway"
_HOW_TO_CHECK = "Plug it in, or correct the show file."


def check_files(show: Show) -> None:
    """Raises BadInput with a line per file that cannot serve as a source."""
    _refuse(_file_faults((*show.camera, *show.microphone)))


def check_files_and_devices(show: Show) -> None:
    """Raises BadInput with a line per source that cannot be."""
    sources = (*show.camera, *show.microphone)
    _refuse([*_file_faults(sources), *_camera_faults(show), *_microphone_faults(show, _HOW_TO_GO_ON)])


def check_microphones(show: Show) -> None:
    """The same without a look at cameras: who only listens needs none."""
    _refuse([*_file_faults(show.microphone), *_microphone_faults(show, _HOW_TO_CHECK)])


def _refuse(faults: list[str]) -> None:
    if faults:
        raise BadInput("\n".join(faults))


def _file_faults(sources: Sequence[tables.CameraTable | tables.MicrophoneTable]) -> list[str]:
    faults = []
    for source in sources:
        reader: FileCamera | FileMicrophone
        match source:
            case tables.FileCameraTable():
                reader = FileCamera(source.path, Play.ONCE)
            case tables.FileMicrophoneTable():
                reader = FileMicrophone(source.path, Play.ONCE)
            case _:
                continue
        try:
            reader.open()
        except SourceError as error:
            what = "Camera" if isinstance(source, tables.FileCameraTable) else "Microphone"
            faults.append(f'{what} "{source.label}": {error}')
        finally:
            reader.close()
    return faults


def _camera_faults(show: Show) -> list[str]:
    wanted = [table for table in show.camera if isinstance(table, tables.DeviceCameraTable)]
    present: tuple[CameraDevice, ...] = list_cameras() if wanted else ()
    return [
        f'Camera "{table.label}": there is no device "{table.device}". Present: {names_of(present)}. {_HOW_TO_GO_ON}'
        for table in wanted
        if find_camera(table.device, present) is None
    ]


def _microphone_faults(show: Show, advice: str) -> list[str]:
    wanted = [table for table in show.microphone if isinstance(table, tables.DeviceMicrophoneTable)]
    if not wanted:
        return []
    try:
        present: tuple[InputDevice, ...] = list_microphones()
    except SourceError as error:
        return [str(error)]
    return [
        f'Microphone "{table.label}": there is no device "{table.device}". '
        f"Present: {microphone_names(present)}. {advice}"
        for table in wanted
        if find_microphone(table.device, table.host_api, present) is None
    ]
