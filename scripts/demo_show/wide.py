"""The wide camera: everybody behind one table."""

from demo_show.people import layers
from demo_show.rooms import city, plant, print_on_wall, shelf, slats
from demo_show.svg import Drawing, ellipse, group, path, rect, stroke

PLACES = {"ana": (300, 318), "ben": (640, 312), "cara": (980, 318)}
"""Where the point between the eyes is."""

SCALE = 0.46


def wide() -> str:
    """The SVG of the wide camera."""
    d = Drawing()
    people = "".join(layers(d, who, f"translate({x} {y}) scale({SCALE})") for who, (x, y) in PLACES.items())
    return d.document(
        group(_room(d), id="background"),
        people,
        group(_table(d), id="front"),
    )


def _room(d: Drawing) -> str:
    lights = (300, 640, 980)
    glow = rect(0, 0, 1280, 720, d.linear(0, 0, 0, 720, (0, "#2a1c12", 0.2), (1, "#000000", 0.5)))
    for x in lights:
        glow += rect(
            0, 0, 1280, 720, d.radial(x, 130, 300, (0, "#ffd494", 0.6), (0.45, "#c88d50", 0.2), (1, "#c88d50", 0))
        )
    case = group(shelf(d, 40, 96, 200, 4, 104, 11), filter=d.blur(1.6))
    sight = group(
        rect(1068, 116, 196, 236, "#000000", opacity=0.5, filter=d.blur(10.0)),
        rect(1060, 106, 200, 240, "#15161a"),
        city(d, 1070, 116, 180, 220, 5),
        rect(1157, 110, 6, 232, "#15161a"),
        filter=d.blur(1.2),
    )
    green = group(plant(d, 470, 528, 0.62), filter=d.blur(1.4))
    picture = group(print_on_wall(d, 776, 176, 74, 78), filter=d.blur(1.0))
    chairs = "".join(_chair(d, x, y) for x, y in PLACES.values())
    return (
        slats(d, 1280, 22.0, glow)
        + case
        + sight
        + picture
        + green
        + chairs
        + "".join(_pendant(d, x) for x in lights)
        + rect(0, 0, 1280, 720, d.radial(640, 320, 800, (0.5, "#000000", 0), (1, "#000000", 0.6)))
    )


def _chair(d: Drawing, x: float, y: float) -> str:
    return rect(
        x - 66,
        y + 36,
        132,
        220,
        d.linear(x - 66, 0, x + 66, 0, (0, "#2b2d31"), (0.5, "#1c1d21"), (1, "#0e0f11")),
        rx=34,
    )


def _pendant(d: Drawing, x: float) -> str:
    cone = f"M {x - 44} 124 L {x + 44} 124 L {x + 210} 560 L {x - 210} 560 Z"
    return (
        path(cone, d.linear(0, 124, 0, 560, (0, "#ffdf9f", 0.20), (1, "#ffdf9f", 0)), filter=d.blur(16.0))
        + stroke(f"M {x} 0 L {x} 84", "#0b0b0c", 3.4)
        + path(
            f"M {x - 50} 122 C {x - 44} 98 {x - 20} 88 {x - 7} 82 L {x + 7} 82 "
            f"C {x + 20} 88 {x + 44} 98 {x + 50} 122 Z",
            d.linear(x - 50, 0, x + 50, 0, (0, "#3a3c41"), (0.35, "#1c1d20"), (1, "#0a0a0b")),
        )
        + ellipse(x, 122, 50, 8, d.radial(x, 122, 50, (0, "#fffaf0"), (0.6, "#ffe3ab"), (1, "#e0ad62")))
        + ellipse(x, 128, 66, 18, "#ffe3ab", opacity=0.35, filter=d.blur(10.0))
    )


def _table(d: Drawing) -> str:
    top = "M 64 536 C 260 500 460 490 640 490 C 820 490 1020 500 1216 536 L 1330 720 L -50 720 Z"
    wood = d.linear(0, 490, 0, 720, (0, "#7d573a"), (0.25, "#5f4029"), (1, "#2a1b12"))
    grain = "".join(
        stroke(
            f"M {-40 - i * 6} {528 + i * 26} C 300 {502 + i * 26} 900 {502 + i * 27} {1320 + i * 6} {530 + i * 25}",
            "#2a190e",
            2.0,
            opacity=0.22,
        )
        for i in range(9)
    )
    shine = "".join(
        ellipse(x, 566, 190, 44, d.radial(x, 566, 190, (0, "#ffd79b", 0.5), (1, "#ffd79b", 0), squash=0.24))
        for x in (300, 640, 980)
    )
    shadows = "".join(ellipse(x, 508, 150, 16, "#120a05", opacity=0.6, filter=d.blur(9.0)) for x in (300, 640, 980))
    edge = stroke("M 64 536 C 260 500 460 490 640 490 C 820 490 1020 500 1216 536", "#d9a56c", 2.6, opacity=0.55)
    return (
        path(top, "#000000", opacity=0.5, transform="translate(0 -6)", filter=d.blur(6.0))
        + path(top, wood)
        + group(grain, shine, shadows, clip_path=d.clip(f'<path d="{top}"/>'))
        + edge
        + _paper(d, 196, 592, -6)
        + _paper(d, 1092, 594, 8)
        + _paper(d, 700, 618, -3)
        + _mug(d, 470, 566, "#7e8c9c", "#4b5866")
        + _mug(d, 806, 572, "#c4683f", "#80391e")
        + _mug(d, 1010, 614, "#d8d2c6", "#8d867a")
        + "".join(_stand(d, x, y) for x, y in ((372, 580), (592, 596), (906, 580)))
        + rect(
            0,
            480,
            1280,
            240,
            d.radial(640, 520, 760, (0.5, "#000000", 0), (1, "#000000", 0.6)),
            clip_path=d.clip(f'<path d="{top}"/>'),
        )
    )


def _paper(d: Drawing, x: float, y: float, turn: float) -> str:
    lines = "".join(
        stroke(f"M {-38 + i * 1.5} {-8 + i * 6} L {30 - i * 2} {-8 + i * 6}", "#7d776c", 1.5, opacity=0.6)
        for i in range(4)
    )
    sheet = "M -50 -16 L 44 -18 L 56 18 L -58 20 Z"
    return group(
        path(sheet, "#000000", opacity=0.45, transform="translate(3 5)", filter=d.blur(4.0)),
        path(sheet, d.linear(-50, -18, 50, 20, (0, "#f0ebe0"), (1, "#c3bbab"))),
        lines,
        transform=f"translate({x} {y}) rotate({turn})",
    )


def _mug(d: Drawing, x: float, y: float, light: str, dark: str) -> str:
    return group(
        ellipse(4, 24, 38, 8, "#000000", opacity=0.5, filter=d.blur(5.0)),
        stroke("M 22 -14 C 46 -18 46 16 20 12", dark, 6.0),
        path(
            "M -25 -24 L -22 20 C -16 27 16 27 22 20 L 25 -24 Z",
            d.linear(-25, 0, 25, 0, (0, light), (0.45, light), (1, dark)),
        ),
        ellipse(0, -24, 25, 6.5, dark),
        ellipse(0, -22.5, 21, 4.6, "#2a170c"),
        stroke("M -18 -14 L -16 14", "#ffffff", 3.0, opacity=0.3, filter=d.blur(1.0)),
        transform=f"translate({x} {y})",
    )


def _stand(d: Drawing, x: float, y: float) -> str:
    metal = d.linear(-13, 0, 13, 0, (0, "#5a6068"), (0.4, "#22252a"), (1, "#090a0b"))
    return group(
        ellipse(6, 6, 44, 9, "#000000", opacity=0.55, filter=d.blur(5.0)),
        ellipse(0, 2, 32, 8, "#0a0b0c"),
        ellipse(0, -1, 32, 7.5, d.linear(-32, 0, 32, 0, (0, "#4a4f56"), (0.5, "#1d2024"), (1, "#0c0d0f"))),
        stroke("M 0 -2 L 0 -62", "#101114", 6.0) + stroke("M -1.5 -4 L -1.5 -60", "#636a73", 1.4, opacity=0.6),
        rect(-14, -116, 28, 60, metal, rx=13),
        rect(-14, -116, 28, 30, d.linear(-14, 0, 14, 0, (0, "#474d55"), (0.4, "#1a1d21"), (1, "#070808")), rx=13),
        "".join(stroke(f"M -10 {-109 + i * 6} L 10 {-109 + i * 6}", "#08090a", 2.2) for i in range(4)),
        transform=f"translate({x} {y})",
    )
