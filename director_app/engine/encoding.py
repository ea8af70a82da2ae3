"""Chooses the encoder of a show: what the show file asks for if it works here, else x264, and says so."""

import os
from dataclasses import replace

from director_app.media.encoder import EncoderSettings
from director_app.media.probe import affordable_preset, probe
from director_app.session.show import Show

CODECS = {
    "x264": "libx264",
    "videotoolbox": "h264_videotoolbox",
    "nvenc": "h264_nvenc",
    "qsv": "h264_qsv",
    "amf": "h264_amf",
    "mediafoundation": "h264_mf",
}
"""FFmpeg's names of the encoders that a show file may ask for."""


def choose_encoder(show: Show) -> tuple[EncoderSettings, str | None]:
    """The settings of all cameras, and a sentence if they are not what was asked for. Takes up to a second."""
    table = show.recording
    software = EncoderSettings(
        canvas=show.canvas.canvas(),
        preset="superfast" if table.preset == "auto" else table.preset,
        crf=table.crf,
        maxrate=int(table.maxrate_mbit * 1_000_000),
    )
    if table.encoder != "x264":
        asked = replace(software, codec=CODECS[table.encoder])
        result = probe(asked, at_once=len(show.camera) + 1)
        if result.problem is None and result.answers_at_once and result.obeys_keys:
            return asked, None
        why = result.problem or "It delays pictures or makes key frames where none were asked for."
        return _software(show, software), f"The encoder {table.encoder} cannot be used here: {why} x264 is used."
    return _software(show, software), None


def _software(show: Show, settings: EncoderSettings) -> EncoderSettings:
    if show.recording.preset != "auto":
        return settings
    preset = affordable_preset(settings, len(show.camera), os.cpu_count() or 1)
    return replace(settings, preset=preset)
