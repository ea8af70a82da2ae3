"""What ffmpeg is asked to do, as data."""

from fractions import Fraction
from pathlib import Path

import pytest

from director_app.core.canvas import Canvas
from director_app.post.render.graph import Piped, encode_command
from director_app.post.render.order import Delivery, Quality, VideoCodec
from director_app.post.render.tool import is_new_enough

CANVAS = Canvas(1920, 1080, Fraction(30000, 1001))
OUTPUT = Path("out; rm -rf.part")


def command(delivery: Delivery, hardware: str | None = None) -> list[str]:
    return encode_command("/bin/ffmpeg", Piped.FILM, CANVAS, delivery, OUTPUT, hardware)


def after(arguments: list[str], flag: str) -> str:
    return arguments[arguments.index(flag) + 1]


def test_an_ordinary_film_is_veryfast_and_without_sound() -> None:
    arguments = command(Delivery())
    assert arguments[:5] == ["/bin/ffmpeg", "-f", "mp4", "-i", "pipe:0"]
    assert [after(arguments, flag) for flag in ("-c:v", "-preset", "-crf", "-g")] == [
        "libx264",
        "veryfast",
        "22",
        "60",
    ]
    assert arguments.count("mp4") == 2
    assert {"-an", "-nostdin", "-nostats", "-y", "out; rm -rf.part"} <= set(arguments)
    assert (after(arguments, "-progress"), after(arguments, "-v")) == ("pipe:1", "error")
    assert "-filter_complex" not in arguments


@pytest.mark.parametrize(
    ("size", "graph"),
    [
        ((1280, 720), "scale=1280:720:flags=lanczos"),
        ((1080, 1080), "force_original_aspect_ratio=decrease"),
    ],
)
def test_another_size_is_scaled_and_another_shape_gets_edges(size: tuple[int, int], graph: str) -> None:
    said = after(command(Delivery(size=size)), "-filter_complex")
    assert graph in said
    assert ("pad=" in said) == (size == (1080, 1080))


def test_hevc_is_marked_so_that_every_player_knows_it() -> None:
    arguments = command(Delivery(codec=VideoCodec.HEVC, quality=Quality("slower", 20)))
    assert [after(arguments, flag) for flag in ("-c:v", "-tag:v", "-preset", "-crf")] == [
        "libx265",
        "hvc1",
        "slower",
        "20",
    ]


def test_a_graphics_unit_gets_a_rate() -> None:
    arguments = command(Delivery(size=(1280, 720)), "h264_nvenc")
    assert after(arguments, "-c:v") == "h264_nvenc"
    assert int(after(arguments, "-b:v")) == 2_762_038
    assert "-crf" not in arguments


def test_pictures_that_are_decoded_here_come_by_standard_input() -> None:
    arguments = encode_command("ffmpeg", Piped.PICTURES, CANVAS, Delivery(), OUTPUT)
    assert after(arguments, "-i") == "pipe:0"
    assert [after(arguments, flag) for flag in ("-video_size", "-framerate")] == ["1920x1080", "30000/1001"]


def test_versions_of_ffmpeg_are_understood() -> None:
    new, old = ("5.1.9-0+deb12u1", "n7.1", "10.0", "N-117-gabc", "2024-05-git"), ("4.4.2-0ubuntu0", "n4.4", "3")
    assert [is_new_enough(each) for each in (*new, *old)] == [True] * 5 + [False] * 3
