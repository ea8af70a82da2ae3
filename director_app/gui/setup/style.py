"""The style of what only Set up has: segments, cards, table rows, the bar at its foot. Colours from tokens only."""

from director_app.gui.theme import tokens as t
from director_app.gui.theme.type import Scale
from director_app.session.resources import resource

_SHEET = """
QFrame#bar {{ background: {panel}; border-top: 1px solid {line}; }}
QFrame#notice {{ background: {warn_tint}; border-left: 3px solid {warn}; border-radius: {radius}px; }}
QFrame#segments {{ background: {window}; border: 1px solid {control}; border-radius: {radius}px; }}
QFrame#segments:disabled {{ border-color: {line}; }}
QRadioButton {{ spacing: {spacing}px; }}
QRadioButton::indicator, QRadioButton::indicator:checked {{
    width: {icon16}px; height: {icon16}px; border: 0; background: transparent; image: url("{radio_off}");
}}
QRadioButton::indicator:checked {{ image: url("{radio_on}"); }}
QFrame#rule {{ background: {line}; }}
QPushButton[kind="segment"] {{
    background: transparent; border: {focus}px solid {window}; border-radius: {inner}px; color: {text2};
    min-height: {segment}px; padding: 0 {segment_pad}px;
}}
QPushButton[kind="segment"]:hover {{ color: {text}; }}
QPushButton[kind="segment"]:checked {{
    background: {light}; color: {on_light}; font-weight: 600; border-color: {light};
}}
QPushButton[kind="segment"]:focus {{ border-color: {text2}; }}
QPushButton[kind="segment"]:checked:focus {{ border-color: {auto}; }}
QPushButton[kind="segment"]:disabled {{ color: {text3}; }}
QPushButton[kind="segment"]:checked:disabled {{ background: {pressed}; color: {text2}; border-color: {pressed}; }}
QPushButton[kind="icon"] {{
    background: transparent; border-color: transparent; min-height: {icon}px; min-width: {icon}px; padding: 0;
}}
QPushButton[kind="icon"]:hover {{ background: {raised}; }}
QPushButton[kind="icon"]:checked {{ background: {pressed}; }}
QPushButton[kind="icon"]:focus {{ border: {focus}px solid {light}; }}
QLabel[role="number"] {{
    background: {raised}; border-radius: {small_radius}px; font-size: {reason}px; font-weight: 600;
}}
QLabel[role="cap"] {{
    background: {cap}; color: {on_light}; border-radius: {small_radius}px; font-size: {caption}px; font-weight: 500;
    padding: 0 {cap_pad}px;
}}
QLabel[role="cap"]:disabled {{ background: {pressed}; color: {text3}; }}
QLabel[role="on-light"] {{ color: {on_light}; font-weight: 600; }}
QLabel[role="on-light"]:disabled {{ color: {text3}; }}
QLabel[role="warn-strong"] {{ color: {warn}; font-weight: 600; }}
QLabel[role="dim"] {{ color: {text2}; }}
QLabel[role="caption-warn"] {{ font-size: {caption}px; font-weight: 500; color: {warn}; }}
"""


def page_sheet(scale: Scale) -> str:
    """For the page and everything on it, over the application's own."""
    px = scale.px
    return _SHEET.format(
        radius=t.RADIUS,
        inner=t.RADIUS - 1,
        small_radius=t.RADIUS_SMALL,
        focus=t.FOCUS_WIDTH,
        segment=px(24),
        segment_pad=px(9),
        icon=px(26),
        cap_pad=px(6),
        spacing=px(8),
        icon16=px(16),
        radio_on=resource("icons", "radio-on-light.svg").as_posix(),
        radio_off=resource("icons", "radio-off-control.svg").as_posix(),
        caption=px(11),
        reason=px(16),
        cap=t.TEXT_2,
        panel=t.PANEL,
        window=t.WINDOW,
        raised=t.RAISED,
        pressed=t.PRESSED,
        line=t.LINE,
        control=t.CONTROL,
        text=t.TEXT,
        text2=t.TEXT_2,
        text3=t.TEXT_3,
        light=t.LIGHT,
        on_light=t.ON_LIGHT,
        auto=t.AUTO,
        warn=t.WARN,
        warn_tint=t.WARN_TINT,
    )
