"""The four pictures as SVG documents. Group ids name the layers that rasters.py cuts out."""

from demo_show.people import layers
from demo_show.rooms import bokeh, city, lamp, microphone, plant, print_on_wall, shelf, slats, vignette
from demo_show.svg import Drawing, ellipse, group, path, rect, stroke
from demo_show.wide import wide

SEATS = {"ana": (572, 306), "ben": (700, 300), "cara": (668, 312)}
"""Where the point between the eyes is on the close cameras."""


def close(who: str) -> str:
    """The SVG of one close camera."""
    d = Drawing()
    x, y = SEATS[who]
    room = {"ana": _ana_room, "ben": _ben_room, "cara": _cara_room}[who](d)
    microphones = {"ana": (766, 530, 1), "ben": (508, 534, -1), "cara": (858, 540, 1)}
    return d.document(
        group(room, vignette(d), id="background"),
        layers(d, who, f"translate({x} {y})"),
        group(microphone(d, *microphones[who]), id="front"),
    )


def drawings() -> dict[str, str]:
    """All four documents by camera."""
    return {who: close(who) for who in SEATS} | {"wide": wide()}


def _ana_room(d: Drawing) -> str:
    wall = rect(0, 0, 1280, 720, d.linear(0, 0, 1280, 500, (0, "#3a342c"), (0.5, "#2b2c2b"), (1, "#1d2022")))
    glow = rect(
        0, 0, 1280, 720, d.radial(200, 210, 520, (0, "#ffc680", 0.75), (0.35, "#d08f4c", 0.32), (1, "#000000", 0))
    )
    board = rect(54, 492, 304, 240, d.linear(54, 0, 358, 0, (0, "#33261c"), (1, "#1a1410")))
    board += rect(44, 484, 324, 14, d.linear(0, 484, 0, 498, (0, "#7a5a3b"), (1, "#2c2018")))
    board += stroke("M 206 510 L 206 720", "#0d0a08", 3.0, opacity=0.8)
    frame = rect(404, 88, 180, 230, "#14100e") + rect(
        412, 96, 164, 214, d.linear(412, 96, 576, 310, (0, "#6f8266"), (1, "#37493f"))
    )
    frame += path("M 412 250 C 460 200 500 280 576 220 L 576 310 L 412 310 Z", "#2c3b34")
    return (
        wall
        + group(glow, frame, board, filter=d.blur(4.0))
        + group(shelf(d, 748, 52, 510, 4, 164, 11), filter=d.blur(4.5))
        + group(lamp(d, 201, 152), filter=d.blur(3.0))
        + rect(0, 0, 1280, 720, d.radial(200, 210, 640, (0, "#ffb768", 0.25), (1, "#000000", 0)))
    )


def _ben_room(d: Drawing) -> str:
    glow = rect(
        0,
        0,
        1280,
        720,
        d.radial(830, 40, 560, (0, "#ffd9a0", 0.62), (0.4, "#c48a52", 0.28), (1, "#000000", 0), squash=1.5),
    )
    glow += rect(0, 0, 1280, 720, d.radial(150, 300, 460, (0, "#9a7a4a", 0.28), (1, "#000000", 0)))
    return (
        group(slats(d, 1280, 30.0, glow), filter=d.blur(1.8))
        + group(print_on_wall(d, 1036, 128, 150, 156), filter=d.blur(2.2))
        + group(plant(d, 176, 742, 1.3), filter=d.blur(2.6))
    )


def _cara_room(d: Drawing) -> str:
    wall = rect(0, 0, 1280, 720, d.linear(0, 0, 1280, 0, (0, "#26282c"), (0.6, "#2c2e32"), (1, "#1c1d20")))
    window = city(d, 92, 40, 800, 580, 5) + bokeh(d, 110, 240, 760, 300, 8)
    bars = "".join(
        rect(x, 30, 18, 600, d.linear(x, 0, x + 18, 0, (0, "#3a3d43"), (1, "#131417"))) for x in (80, 488, 886)
    )
    bars += rect(80, 26, 824, 18, "#2b2d32") + rect(
        64, 612, 856, 26, d.linear(0, 612, 0, 638, (0, "#4a4d53"), (1, "#1a1b1e"))
    )
    glass = path("M 110 44 L 300 44 L 120 420 L 98 420 Z", "#ffffff", opacity=0.04)
    return (
        wall
        + group(window, filter=d.blur(2.4))
        + group(glass, bars, filter=d.blur(2.0))
        + group(_curtain(d, 900, 400), _curtain(d, -60, 130), filter=d.blur(2.4))
        + rect(0, 0, 1280, 720, d.radial(120, 120, 700, (0, "#6f8fd0", 0.16), (1, "#000000", 0)))
        + ellipse(300, 60, 300, 200, "#ffd9a0", opacity=0.05, filter=d.blur(60.0))
    )


def _curtain(d: Drawing, x: float, width: float) -> str:
    pitch = 44.0
    fold = d.linear(0, 0, pitch, 0, (0, "#2b2c30"), (0.4, "#4a4b50"), (0.75, "#37383d"), (1, "#292a2e"))
    folds = "".join(
        group(
            path(
                f"M 0 0 L {pitch} 0 C {pitch + 5} 300 {pitch - 4} 500 {pitch + 3} 720 L 2 720 C -5 500 4 300 0 0 Z",
                fold,
            ),
            transform=f"translate({x + i * pitch:.1f} 0)",
        )
        for i in range(int(width / pitch) + 1)
    )
    return folds + rect(
        x, 0, width + pitch, 720, d.linear(x, 0, x + width, 0, (0, "#000000", 0.0), (1, "#000000", 0.4))
    )
