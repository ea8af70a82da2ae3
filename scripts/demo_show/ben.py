"""Ben: short brown hair, beard, glasses, blue shirt."""

from demo_show.faces import Face, brows, ears, jaw_drop, nose, outline, skin
from demo_show.faces import mouth as lips
from demo_show.svg import Drawing, ellipse, group, path, rect, stroke

FACE = Face(
    skin="#dcae8c", light="#efc9a9", shade="#b98563", deep="#7d4c34", iris="#4d6f86", brow="#4a2c1c",
    lip="#a85c4f", lower_lip="#c47b6a", half_width=95.0, chin=154.0, eye_gap=39.0, brow_weight=7.0, lashes=1.2,
    mouth_y=94.0, blush=0.15,
)  # fmt: skip


def back(d: Drawing) -> str:
    """Nothing shows behind his head."""
    return group(ellipse(0, -60, 60, 60, d.radial(0, -60, 60, (0, "#4a2d1c"), (1, "#3a2315"))))


def body(d: Drawing) -> str:
    """Neck and shirt with collar, placket, buttons and a pocket."""
    neck = "M -64 90 L -66 210 C -50 270 50 270 66 210 L 64 90 Z"
    torso = (
        "M -70 204 C -130 232 -236 246 -286 292 C -330 336 -350 400 -358 480 L 358 480 "
        "C 350 400 330 336 286 292 "
        "C 236 246 130 232 70 204 C 50 262 -50 262 -70 204 Z"
    )
    cloth = d.linear(-320, 200, 320, 440, (0, "#5d80a8"), (0.4, "#48698f"), (0.72, "#36527a"), (1, "#243a58"))
    left = "M -72 186 C -86 196 -98 214 -100 228 L -58 300 C -40 280 -16 262 0 256 C -30 246 -58 222 -72 186 Z"
    right = "M 72 186 C 86 196 98 214 100 228 L 58 300 C 40 280 16 262 0 256 C 30 246 58 222 72 186 Z"
    folds = "".join(
        stroke(line, "#16273f", 8.0, opacity=0.35, filter=d.blur(4.5))
        for line in (
            "M -236 330 C -226 380 -230 430 -238 480", "M 236 330 C 226 380 230 430 240 480",
            "M -130 300 C -110 350 -118 400 -130 480", "M 130 300 C 112 350 120 400 134 480",
            "M -250 300 C -200 316 -160 318 -120 308",
        )
    )  # fmt: skip
    buttons = "".join(
        ellipse(1, y, 4.6, 4.6, d.radial(-1, y - 2, 7, (0, "#ffffff"), (1, "#b9c6d6"))) for y in (300, 356, 412)
    )
    return (
        path(neck, d.linear(-64, 0, 64, 0, (0, FACE.skin), (0.5, "#c6946f"), (1, "#94623f")))
        + path("M -64 130 C -40 186 36 200 64 150 L 64 90 L -64 90 Z", "#5a311f", opacity=0.5, filter=d.blur(8.0))
        + path(torso, cloth)
        + group(
            path(
                "M 96 190 C 160 262 226 340 236 490 L 390 490 L 380 190 Z",
                "#10203a",
                opacity=0.5,
                filter=d.blur(16.0),
            ),
            ellipse(-200, 306, 96, 44, "#8fb0d4", opacity=0.3, filter=d.blur(22.0)),
            stroke("M -286 294 C -330 338 -348 400 -356 480", "#cfe2f7", 7.0, opacity=0.25, filter=d.blur(4.0)),
            path(
                "M -150 200 C -110 280 -60 330 0 320 C 60 330 110 280 150 200 Z",
                "#0c1a30",
                opacity=0.35,
                filter=d.blur(14.0),
            ),
            folds,
            rect(-11, 262, 24, 220, "#ffffff", opacity=0.05),
            stroke("M -11 268 L -11 480", "#1d3250", 2.2, opacity=0.6),
            stroke("M 14 268 L 14 480", "#1d3250", 2.2, opacity=0.6),
            stroke("M -196 372 L -92 368 L -92 480 M -196 372 L -196 480", "#1d3250", 2.4, opacity=0.55),
            stroke("M -196 384 L -92 380", "#1d3250", 1.8, opacity=0.45),
            buttons,
            clip_path=d.clip(f'<path d="{torso}"/>'),
        )
        + path(left, "#0d1b30", opacity=0.4, transform="translate(2 9)", filter=d.blur(5.0))
        + path(right, "#0d1b30", opacity=0.4, transform="translate(2 9)", filter=d.blur(5.0))
        + path(left, d.linear(-100, 190, -20, 300, (0, "#7c9fc6"), (1, "#54779f")))
        + path(right, d.linear(10, 190, 100, 300, (0, "#4d6f97"), (1, "#365379")))
        + stroke("M -94 228 L -57 290 C -40 272 -20 260 -6 256", "#dbe8f6", 1.6, opacity=0.35, stroke_dasharray="4 4")
        + stroke("M 94 228 L 57 290 C 40 272 20 260 6 256", "#dbe8f6", 1.6, opacity=0.25, stroke_dasharray="4 4")
    )


def under(d: Drawing) -> str:
    """Ears, and the hair at the temples behind the face."""
    return ears(d, FACE) + path(
        "M -98 -40 C -104 -130 -60 -196 10 -196 C 76 -196 106 -130 98 -40 L 90 -60 L -90 -60 Z", "#3f2618"
    )


def mouth(d: Drawing, number: int) -> str:
    """Skin, nose, beard and mouth number `number`."""
    drop = jaw_drop(number)
    return skin(d, FACE, drop) + nose(d, FACE) + _beard(d, drop) + lips(d, FACE, number)


def _beard(d: Drawing, drop: float) -> str:
    w, c, y = FACE.half_width, FACE.chin + drop, FACE.mouth_y
    jaw = (
        f"M {-w - 1} -6 C {-w + 2} 36 {-w * 0.8} 62 -52 72 C -38 76 -22 70 0 71 "
        f"C 22 70 38 76 52 72 C {w * 0.8} 62 {w - 2} 36 {w + 1} -6 "
        f"C {w + 4} 60 {w * 0.96} 100 {w * 0.8} {FACE.chin - 34} "
        f"C {w * 0.6} {c + 8} {w * 0.3} {c + 22} 0 {c + 22} "
        f"C {-w * 0.3} {c + 22} {-w * 0.6} {c + 8} {-w * 0.8} {FACE.chin - 34} "
        f"C {-w * 0.96} 100 {-w - 4} 60 {-w - 1} -6 Z"
    )
    hair = d.linear(-w, 40, w, 150, (0, "#6b432a"), (0.4, "#523120"), (1, "#331d12"))
    strands = "".join(
        stroke(
            f"M {x} {top} C {x + bend} {top + 16} {x + bend} {top + 30} {x + bend * 0.4:.1f} {top + 42}",
            "#a3714b",
            1.8,
            opacity=o,
        )
        for x, top, bend, o in (
            (-76, 62, 4, 0.35), (-66, 84, 5, 0.35), (-54, 104, 6, 0.35), (-58, 78, 3, 0.3), (-38, 118 + drop, 6, 0.3),
            (-20, 130 + drop, 4, 0.3), (0, 132 + drop, 0, 0.25), (20, 130 + drop, -4, 0.2),
            (40, 116 + drop, -6, 0.15), (-44, 92, 4, 0.2), (58, 96, -5, 0.12),
        )
    )  # fmt: skip
    dark = path(
        f"M 30 60 L 110 40 L 110 {c + 30} L -30 {c + 30} C 10 {c} 50 {c - 20} 52 100 Z",
        "#1d0f09",
        opacity=0.45,
        filter=d.blur(9.0),
    )
    return (
        path(jaw, "#3f2618", opacity=0.45, filter=d.blur(4.0))
        + path(jaw, hair)
        + group(dark, strands, clip_path=d.clip(f'<path d="{jaw}"/>'))
        + stroke("M -8 70 C -20 68 -34 76 -40 88", "#7b4e31", 3.0, opacity=0.45)
        + ellipse(0, y + 2, 36, 7 + drop * 1.6, "#23120b", opacity=0.35, filter=d.blur(4.0))
    )


def over(d: Drawing) -> str:
    """Brows, glasses, hair."""
    top = (
        "M -97 -30 C -96 -60 -92 -84 -84 -98 C -66 -118 -30 -112 0 -116 "
        "C 34 -120 62 -126 78 -118 C 90 -100 96 -62 97 -30 "
        "C 104 -60 108 -104 98 -138 C 84 -186 40 -206 -6 -204 "
        "C -62 -202 -98 -172 -104 -122 C -108 -90 -104 -56 -97 -30 Z"
    )
    strands = "".join(
        stroke(line, "#9a6a44", 3.2, opacity=o)
        for line, o in (
            ("M -84 -112 C -60 -150 -20 -168 30 -166", 0.55), ("M -88 -130 C -70 -168 -24 -188 24 -184", 0.45),
            ("M -58 -118 C -30 -142 10 -150 56 -142", 0.4), ("M -20 -120 C 10 -134 40 -136 76 -126", 0.25),
        )
    )  # fmt: skip
    brim = group(
        path(top, "#3a2013", opacity=0.4, transform="translate(2 10)", filter=d.blur(6.0)),
        clip_path=d.clip(f'<path d="{outline(FACE, 0.0)}"/>'),
    )
    return (
        brows(FACE, 8.0)
        + brim
        + path(top, d.linear(-100, -200, 100, -60, (0, "#7a4d30"), (0.45, "#5c3822"), (1, "#3a2114")))
        + strands
        + _glasses()
    )


def _glasses() -> str:
    out = ""
    for side in (-1, 1):
        x = side * 40
        frame = {"rx": 17, "ry": 17, "fill_opacity": 0.07, "stroke": "#17181b", "stroke_width": 5.2}
        out += rect(x - 32, -23, 64, 48, "#dff0ff", **frame)
        out += stroke(f"M {x - 20} 12 L {x - 2} -14", "#ffffff", 5.0, opacity=0.16)
        out += stroke(f"M {x - 8} 15 L {x + 6} -7", "#ffffff", 2.6, opacity=0.12)
        out += stroke(f"M {x + side * 32} -8 L {side * 99} -13", "#17181b", 5.2)
        out += stroke(f"M {x - 24} -22 L {x + 18} -22", "#6d7179", 1.4, opacity=0.7)
    return out + stroke("M -9 -6 C -5 -12 5 -12 9 -6", "#17181b", 5.2)
