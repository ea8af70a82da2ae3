"""`director init`: a show file with a comment at every line that somebody may want to change."""

import json

from director_app.engine.devices import DeviceLists, usable_microphones

_HEAD = """\
# A show for AI Director. Every key that may stand here is shown; lines that begin with # are not read.
# Try it with:  director run {name} --for 20s

title = "My show"
# sessions = "recordings"        # folder of all sessions; default: your video folder

[canvas]
width = 1920                     # pixels, even
height = 1080
fps = 30                         # 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60

[recording]
encoder = "x264"                 # or "videotoolbox", "nvenc", "qsv", "amf", "mediafoundation" if this computer has it
preset = "auto"                  # or "ultrafast", "superfast", "veryfast": slower presets make smaller files
crf = 23                         # quality, 10 (best) to 35
maxrate_mbit = 6                 # most Mbit/s of one camera; the same packets go live

[directing]
style = "normal"                 # or "calm": fewer, surer cuts; "lively": early cuts, listeners, wide shots
# confirm_s = 0.68               # instead of the style's: seconds of speech before somebody takes the floor
# minimum_shot_s = 1.5           # instead of the style's: no automatic shot is shorter; at least 1.5
# cuts_per_minute = 20           # instead of the style's: at most this many cuts in any 60 s
hold_after_take_s = 8            # after your take the automatic waits so long; or "stay manual"
programme_delay_s = 1.0          # the program leaves so long after the room, 0 to 3

# [after]                        # made by itself when the recording has stopped
# make = ["master", "highlights"]  # also "clips", "cameras", "recut", "sound", "stills", "timelines", "score"
# loudness = "talk"              # -16 LUFS; or "online" -14, "broadcast" -23, "as-recorded"
# title_cards = true             # a card with its title before each of the best moments

# [titles]                       # names: who somebody is, at his first long turn
# lower_thirds = true            # in films that are made of the recording
# live = true                    # in the program itself, while the show runs; the key N does so at any time
# position = "left"              # or "right"
# colour = "#5AA9FF"             # of the line beside the name
# seconds = 4                    # a name stays so long, 2 to 20

# Cameras in the order of their keys 1 to 9. Kinds: device, stream, file, synthetic, demo.
"""

_OPTIONS = """\
# wide = true                    # one camera may be the one that shows everybody
# rotation = 90                  # turn its pictures clockwise by 90, 180 or 270 degrees
# offset_ms = 0                  # how much later than the others this source arrives
"""

_STREAM = """\
# A camera on the network:
# [[camera]]
# id = "cam_9"
# label = "Window"
# kind = "stream"
# url = "rtsp://192.168.1.20:554/stream"

"""

_MICROPHONES = """\
# Microphones. camera is the id of the camera that shows whoever speaks here. One device with several channels can
# serve as several microphones: same device, another channel. Two keys more say who is named, if [titles] wants names:
# name = "Ana Ruiz"  (default: the label) and  role = "Architect"
"""


def commented_show(lists: DeviceLists, name: str) -> str:
    """The text of a show file for these devices; without devices it is a show of test pictures that runs at once.

    name: of the file, for the line that says how to try it.
    """
    cameras = [_camera(number, name) for number, name in enumerate(_camera_names(lists), 1)]
    microphones = _microphones(lists, len(cameras))
    return _HEAD.format(name=name) + "\n".join(cameras) + _OPTIONS + "\n" + _STREAM + _MICROPHONES + microphones


def _camera_names(lists: DeviceLists) -> list[str | None]:
    names: list[str | None] = [device.path or device.name for device in lists.cameras]
    return names[:9] or [None, None]


def _camera(number: int, device: str | None) -> str:
    head = f'[[camera]]\nid = "cam_{number}"\nlabel = "Camera {number}"\n'
    if device is None:
        return head + 'kind = "synthetic"             # a test picture; no camera was found on this computer\n'
    return head + f'kind = "device"\ndevice = {_quoted(device)}\n'


def _microphones(lists: DeviceLists, cameras: int) -> str:
    usable = usable_microphones(lists.microphones)[:4]
    if not usable:
        return "".join(
            f'[[microphone]]\nid = "mic_{number}"\nlabel = "Person {number}"\ncamera = "cam_{number}"\n'
            'kind = "synthetic"             # a beep each second; no microphone was found on this computer\n\n'
            for number in range(1, cameras + 1)
        )
    return "".join(
        f'[[microphone]]\nid = "mic_{number}"\nlabel = "Person {number}"\ncamera = "cam_{min(number, cameras)}"\n'
        f'kind = "device"\ndevice = {_quoted(device.name)}\nhost_api = {_quoted(device.host_api)}\nchannel = 1\n\n'
        for number, device in enumerate(usable, 1)
    )


def _quoted(text: str) -> str:
    # TOML takes JSON's strings, but for one character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
