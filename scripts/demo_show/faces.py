"""Faces: skin, ears, eyes, brows, nose and the ten mouths. All sizes in pixels of a close camera.

The origin lies between the eyes; light comes from the left. Must not know whose face it is: a Face says so.
"""

from dataclasses import dataclass

from demo_show.svg import Drawing, ellipse, group, path, stroke

MOUTHS = 10
"""Mouth 0 is closed, mouth 9 is wide open."""

EYES = ("open", "half", "shut")

_OPENING = (0.0, 3.0, 6.5, 10.0, 14.0, 18.0, 22.5, 27.0, 31.0, 35.0)
_HALF_WIDTH = (31.0, 30.0, 28.5, 30.0, 28.0, 29.0, 27.5, 29.0, 30.0, 31.0)


@dataclass(frozen=True, slots=True)
class Face:
    """Colours and measures of one face. shade and deep are skin colours away from the light."""

    skin: str
    light: str
    shade: str
    deep: str
    iris: str
    brow: str
    lip: str
    lower_lip: str
    half_width: float = 98.0
    chin: float = 152.0
    eye_gap: float = 38.0
    brow_weight: float = 5.0
    lashes: float = 2.0
    mouth_y: float = 92.0
    blush: float = 0.18


def jaw_drop(mouth: int) -> float:
    """How far the chin sinks when mouth number `mouth` is shown."""
    return _OPENING[mouth] * 0.30


def outline(face: Face, drop: float) -> str:
    """The face's outer line with the chin sunk by drop."""
    w, c, hinge = face.half_width, face.chin + drop, face.chin - 48
    return (
        f"M {-w} -50 C {-w} 30 {-w * 0.97} 60 {-w * 0.76} {hinge} "
        f"C {-w * 0.56} {c - 14} {-w * 0.28} {c} 0 {c} C {w * 0.28} {c} {w * 0.56} {c - 14} {w * 0.76} {hinge} "
        f"C {w * 0.97} 60 {w} 30 {w} -50 C {w} -130 {w * 0.5} -156 0 -156 "
        f"C {-w * 0.5} -156 {-w} -130 {-w} -50 Z"
    )


def skin(d: Drawing, face: Face, drop: float) -> str:
    """The bare face: skin, the shadow side, cheeks, and the light on the brow and cheekbone."""
    w, c, line = face.half_width, face.chin + drop, outline(face, drop)
    base = d.linear(-w, 0, w, 30, (0, face.light), (0.3, face.skin), (0.72, face.skin), (1, face.shade))
    shadow = (
        f"M {w * 0.45} -170 C {w * 0.52} -90 {w * 0.66} -40 {w * 0.62} 10 "
        f"C {w * 0.6} 50 {w * 0.66} 70 {w * 0.5} 100 "
        f"C {w * 0.4} {c - 26} {w * 0.16} {c - 8} {-w * 0.1} {c + 6} L {w * 1.2} {c + 12} L {w * 1.3} -170 Z"
    )
    inner = group(
        path(shadow, face.shade, opacity=0.85, filter=d.blur(5.0)),
        ellipse(-w * 0.6, 52, 36, 24, d.radial(-w * 0.6, 52, 36, (0, "#d2523c", face.blush), (1, "#d2523c", 0))),
        ellipse(w * 0.5, 54, 32, 22, d.radial(w * 0.5, 54, 32, (0, "#c2452f", face.blush), (1, "#c2452f", 0))),
        ellipse(-w * 0.55, 26, 30, 13, face.light, opacity=0.45, filter=d.blur(7.0)),
        ellipse(-w * 0.2, -78, 52, 26, face.light, opacity=0.35, filter=d.blur(13.0)),
        ellipse(-4, c - 21, 17, 8, face.light, opacity=0.35, filter=d.blur(5.0)),
        stroke(
            f"M {-w + 1} -60 C {-w + 1} 30 {-w * 0.95} 60 {-w * 0.74} {c - 48}",
            "#fff0d8",
            3.0,
            opacity=0.25,
            filter=d.blur(2.0),
        ),
        clip_path=d.clip(f'<path d="{line}"/>'),
    )
    return path(line, base) + inner


def ears(d: Drawing, face: Face) -> str:
    """Both ears; drawn before the skin."""
    w = face.half_width
    fold = {"opacity": 0.55}
    return (
        path(
            f"M {-w + 4} -14 C {-w - 22} -30 {-w - 22} 14 {-w - 10} 34 C {-w - 4} 44 {-w + 4} 40 {-w + 6} 30 Z",
            d.linear(-w - 20, 0, -w + 6, 0, (0, face.light), (1, face.skin)),
        )
        + stroke(f"M {-w - 2} -8 C {-w - 14} -12 {-w - 12} 14 {-w - 5} 24", face.shade, 3.0, **fold)
        + path(
            f"M {w - 4} -14 C {w + 22} -30 {w + 22} 14 {w + 10} 34 C {w + 4} 44 {w - 4} 40 {w - 6} 30 Z", face.shade
        )
        + stroke(f"M {w + 2} -8 C {w + 14} -12 {w + 12} 14 {w + 5} 24", face.deep, 3.0, **fold)
    )


def nose(d: Drawing, face: Face) -> str:
    """Bridge, tip and nostrils: a soft shadow on the right, a little light on the left."""
    return (
        path(
            "M 5 2 C 10 26 20 44 20 56 C 20 64 10 66 2 65 C 8 50 2 20 5 2 Z",
            face.shade,
            opacity=0.75,
            filter=d.blur(1.6),
        )
        + ellipse(-2, 30, 4.5, 24, face.light, opacity=0.5, filter=d.blur(3.0))
        + ellipse(-1, 52, 9, 7, face.light, opacity=0.45, filter=d.blur(3.0))
        + stroke("M -15 57 C -17 64 -8 65 -6 62 C -3 66 6 66 8 62 C 11 65 19 63 16 56", face.deep, 2.4, opacity=0.8)
        + ellipse(-8.5, 62.3, 4.2, 2.0, face.deep, opacity=0.9)
        + ellipse(9.5, 62.3, 4.2, 2.0, face.deep, opacity=0.9)
    )


def brows(face: Face, lift: float = 0.0) -> str:
    """Two eyebrows, thick inside and thin outside."""
    g, t, y = face.eye_gap, face.brow_weight, -29.0 - lift
    out = ""
    for side in (-1, 1):
        x = side * g
        out += path(
            f"M {x - side * 20} {y + 1} "
            f"C {x - side * 8} {y - 5} {x + side * 10} {y - 8} {x + side * 26} {y + 4} "
            f"C {x + side * 10} {y - 8 + t} {x - side * 6} {y - 4 + t * 1.2} {x - side * 20} {y + 1 + t} Z",
            face.brow,
        )
    return out


def eyes(d: Drawing, face: Face, state: str) -> str:
    """Both eyes in one of the EYES states."""
    return "".join(
        group(_eye(d, face, state, side), transform=f"translate({side * face.eye_gap} 0)") for side in (-1, 1)
    )


def _eye(d: Drawing, face: Face, state: str, side: int) -> str:
    crease = stroke("M -20 -9 C -9 -18 9 -18 20 -8", face.shade, 2.2, opacity=0.75)
    socket = ellipse(0, -4, 27, 17, face.shade, opacity=0.30, filter=d.blur(5.0))
    if state == "shut":
        lid = ellipse(0, -2, 21, 11, face.skin, opacity=0.9, filter=d.blur(2.0))
        lash = "M -21 1 C -10 9 10 9 21 1"
        return socket + lid + crease + stroke(lash, "#1c1210", face.lashes + 1.0) + _lashes(face, side, 2.0, 3.0)
    top, bottom = (-15.0, 10.0) if state == "open" else (-4.0, 10.0)
    almond = f"M -21 2 C -12 {top} 10 {top - 1} 21 1 C 12 {bottom} -10 {bottom + 1} -21 2 Z"
    lid_line = f"M -22 3 C -12 {top} 10 {top - 1} 22 1"
    inside = group(
        ellipse(0, -1, 10.6, 10.6, d.radial(0, 0, 11, (0, face.iris), (0.75, face.iris), (1, "#120c0a"))),
        ellipse(0, -1, 5.2, 5.2, "#0b0808"),
        ellipse(-3.6, -4.6, 2.6, 2.6, "#ffffff", opacity=0.95),
        ellipse(3.4, 3.0, 1.5, 1.5, "#ffffff", opacity=0.35),
        stroke(lid_line, "#2a1712", 8.0, opacity=0.28),
        clip_path=d.clip(f'<path d="{almond}"/>'),
    )
    white = d.linear(0, -10, 0, 10, (0, "#d9d0c8"), (0.5, "#f6f1ea"), (1, "#e9e0d6"))
    return (
        socket
        + (ellipse(0, -6, 21, 9, face.skin, opacity=0.9, filter=d.blur(2.0)) if state == "half" else "")
        + path(almond, white)
        + inside
        + stroke("M -17 6 C -8 12 8 12 18 4", face.deep, 1.2, opacity=0.45)
        + crease
        + stroke(lid_line, "#1c1210", face.lashes + 1.0)
        + _lashes(face, side, 1.0, -3.0)
    )


def _lashes(face: Face, side: int, y: float, tilt: float) -> str:
    if face.lashes < 2:
        return ""
    x = 20.0 * side
    return path(f"M {x - 6 * side} {y - 4 + max(tilt, 0)} L {x} {y + 1.5} L {x + 7 * side} {y + tilt} Z", "#1c1210")


def mouth(d: Drawing, face: Face, number: int) -> str:
    """Mouth `number` of MOUTHS with lips, teeth and tongue, around (0, mouth_y)."""
    h, w = _OPENING[number], _HALF_WIDTH[number]
    up, down = -h * 0.16, h * 0.84
    corner = -2.6 + h * 0.17
    upper = (
        f"M {-w} {corner} "
        f"C {-w * 0.6} {up - 6} {-w * 0.34} {up - 9.5} {-w * 0.16} {up - 9} Q 0 {up - 5.5} {w * 0.16} {up - 9} "
        f"C {w * 0.34} {up - 9.5} {w * 0.6} {up - 6} {w} {corner} "
    )
    gap_top = (
        f"C {w * 0.55} {up - 0.5} {w * 0.25} {up} 0 {up + 0.8} "
        f"C {-w * 0.25} {up} {-w * 0.55} {up - 0.5} {-w} {corner} Z"
    )
    low = down + 10.5 - h * 0.06
    lower = (
        f"M {-w + 2} {corner} C {-w * 0.7} {low * 0.75 + 1} {-w * 0.35} {low} 0 {low} "
        f"C {w * 0.35} {low} {w * 0.7} {low * 0.75 + 1} {w - 2} {corner} Z"
    )
    hole = (
        f"M {-w + 3} {corner} C {-w * 0.55} {up - 0.5} {-w * 0.25} {up} 0 {up + 0.8} "
        f"C {w * 0.25} {up} {w * 0.55} {up - 0.5} {w - 3} {corner} "
        f"C {w * 0.62} {down * 0.85 + 1} {w * 0.34} {down} 0 {down} "
        f"C {-w * 0.34} {down} {-w * 0.62} {down * 0.85 + 1} {-w + 3} {corner} Z"
    )
    parts = [
        ellipse(0, low + 6, 20, 4.5, face.shade, opacity=0.55, filter=d.blur(2.5)),
        path(lower, d.linear(-w, 0, w, low, (0, face.lower_lip), (1, face.lip))),
        ellipse(-5, low - 4.8, 10, 2.2, "#ffe2d8", opacity=0.35, filter=d.blur(1.4)),
    ]
    if number:
        parts += [path(hole, "#2c0d0f"), _inside(d, hole, h, w, up, down)]
    parts.append(path(upper + gap_top, face.lip))
    parts.append(stroke(f"M {-w} {corner} L {-w - 3} {corner - 2.5}", face.deep, 2.0, opacity=0.5))
    parts.append(stroke(f"M {w} {corner} L {w + 3} {corner - 2.5}", face.deep, 2.0, opacity=0.5))
    if not number:
        parts.append(
            stroke(f"M {-w + 1} {corner} C -18 1.6 -7 0.4 0 1.8 C 7 0.4 18 1.6 {w - 1} {corner}", face.deep, 2.2)
        )
    return group(*parts, transform=f"translate(0 {face.mouth_y})")


def _inside(d: Drawing, hole: str, h: float, w: float, up: float, down: float) -> str:
    teeth = min(11.0, h * 0.48)
    parts = []
    if h > 12:
        parts.append(
            ellipse(
                0, down + 3, w * 0.62, h * 0.36, d.linear(0, down - h * 0.3, 0, down, (0, "#b8504c"), (1, "#8d3436"))
            )
        )
        parts.append(stroke(f"M 0 {down - h * 0.26} L 0 {down}", "#7c2b2e", 1.4, opacity=0.5))
    if h > 5:
        parts.append(
            path(
                f"M {-w * 0.74} {up - 3} L {w * 0.74} {up - 3} L {w * 0.68} {up + teeth * 0.72} "
                f"Q 0 {up + teeth * 1.28} {-w * 0.68} {up + teeth * 0.72} Z",
                d.linear(-w, 0, w, 0, (0, "#fbf6ee"), (0.6, "#f1eae0"), (1, "#bfb3a8")),
            )
        )
    parts.append(stroke(f"M {-w} {up} Q 0 {up - 2} {w} {up}", "#2c0d0f", 3.0, opacity=0.25))
    return group(*parts, clip_path=d.clip(f'<path d="{hole}"/>'))
