"""How people switch automatic gain control off. Words only."""

import sys
from collections.abc import Mapping

_HOW: Mapping[str, str] = {
    "win32": "Settings > System > Sound > the microphone > Audio enhancements: Off; in its old Properties dialogue "
    'under Custom clear "AGC"; in calling programs clear "adjust microphone automatically".',
    "darwin": "in the Control Centre under Mic Mode choose Standard; in Audio MIDI Setup set the input level by hand; "
    'in calling programs clear "adjust microphone automatically".',
    "linux": "in alsamixer (F4) mute Auto Gain Control; unload module-echo-cancel in PulseAudio or PipeWire; in "
    'calling programs clear "adjust microphone automatically".',
}

_DEVICE = "Look for a switch on the device as well (AGC, Auto Level, ALC)."


def how_to_switch_off(platform: str = sys.platform) -> str:
    """In words, for this system; platform as in sys.platform."""
    how = _HOW.get(platform, "look for AGC or Auto Level in the system's sound settings.")
    return f"{how[0].upper()}{how[1:]} {_DEVICE}"


def during_the_show(platform: str = sys.platform) -> str:
    """What the producer is told when it is noticed while the show runs."""
    return (
        "The microphones seem to turn themselves up and down (automatic gain control), so the director tells people "
        f"apart less surely. To switch it off: {how_to_switch_off(platform)}"
    )
