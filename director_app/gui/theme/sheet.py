"""The style sheet of all stock controls. What is painted by hand takes its colours from tokens directly."""

from director_app.gui.theme import tokens as t
from director_app.gui.theme.type import FAMILY, Scale
from director_app.session.resources import resource

_SHEET = """
* {{ font-family: "{family}"; font-size: {body}px; color: {text}; }}
QMainWindow, QDialog, QWidget#page {{ background: {window}; }}
QWidget#panel {{ background: {panel}; border-radius: {radius}px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QLabel {{ background: transparent; }}
QLabel[role="caption"] {{ font-size: {caption}px; font-weight: 500; color: {text2}; }}
QLabel[role="detail"] {{ font-size: {detail}px; color: {text2}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="value"] {{ font-size: {value}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {reason}px; font-weight: 600; }}
QLabel[role="warn"] {{ color: {warn}; }}

QPushButton, QToolButton {{
    background: {raised}; color: {text}; border: 1px solid {raised}; border-radius: {radius}px;
    min-height: {button}px; padding: 0 {pad}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {pressed}; border-color: {pressed}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {pressed}; color: {text3}; }}
QPushButton:focus, QToolButton:focus {{ border: {focus}px solid {light}; }}
QPushButton:disabled, QToolButton:disabled {{ background: transparent; color: {text3}; border-color: {line}; }}
QPushButton[kind="primary"] {{ background: {light}; color: {on_light}; font-weight: 600; border-color: {light}; }}
QPushButton[kind="primary"]:hover {{ background: {white}; }}
QPushButton[kind="primary"]:focus {{ border: {focus}px solid {auto}; }}
QPushButton[kind="primary"]:disabled {{ background: transparent; color: {text3}; border-color: {line}; }}
QPushButton[kind="small"] {{ min-height: {small}px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
    background: {window}; color: {text}; border: 1px solid {control}; border-radius: {radius}px;
    min-height: {input}px; padding: 0 {pad_input}px; selection-background-color: {auto_tint}; selection-color: {text};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {{ border: {focus}px solid {light}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {text3}; border-color: {line}; }}
QComboBox::drop-down {{ border: 0; width: {button}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {icon}px; height: {icon}px; }}
QComboBox QAbstractItemView, QMenu {{
    background: {raised}; color: {text}; border: 1px solid {edge}; selection-background-color: {pressed};
    selection-color: {text}; outline: 0;
}}
QMenu::item {{ padding: 6px {pad}px; }}
QMenu::item:selected {{ background: {pressed}; }}
QMenu::item:disabled {{ color: {text3}; }}

QRadioButton, QCheckBox {{ background: transparent; spacing: 8px; }}
QRadioButton::indicator {{
    width: 14px; height: 14px; border: 1px solid {control}; background: {window}; border-radius: 8px;
}}
QRadioButton::indicator:checked {{ background: {light}; border: 4px solid {window}; outline: 1px solid {light}; }}
QRadioButton:focus {{ color: {white}; text-decoration: underline; }}
QCheckBox {{ border: {focus}px solid transparent; border-radius: {radius}px; padding: 2px; }}
QCheckBox:focus {{ border-color: {light}; }}
QCheckBox:disabled {{ color: {text3}; }}
QCheckBox::indicator {{ width: {icon}px; height: {icon}px; image: url("{box_off}"); }}
QCheckBox::indicator:checked {{ image: url("{box_on}"); }}

QListView, QTextBrowser {{ background: transparent; border: 0; outline: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {edge}; border-radius: 4px; min-height: 32px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {edge}; border-radius: 4px; min-width: 32px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; width: 0; height: 0;
}}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {edge}; padding: 4px 8px; }}
"""


def sheet(scale: Scale) -> str:
    """For the whole application at this text scale."""
    px = scale.px
    return _SHEET.format(
        family=FAMILY,
        body=px(13),
        caption=px(11),
        detail=px(12),
        value=px(15),
        reason=px(16),
        title=px(18),
        button=px(30),
        small=px(26),
        input=px(30),
        pad=px(12),
        pad_input=px(10),
        icon=px(16),
        radius=t.RADIUS,
        focus=t.FOCUS_WIDTH,
        box_off=resource("icons", "box-off-control.svg").as_posix(),
        box_on=resource("icons", "box-on-light.svg").as_posix(),
        chevron=resource("icons", "chevron-down-text-2.svg").as_posix(),
        window=t.WINDOW,
        panel=t.PANEL,
        raised=t.RAISED,
        pressed=t.PRESSED,
        line=t.LINE,
        edge=t.EDGE,
        control=t.CONTROL,
        text=t.TEXT,
        text2=t.TEXT_2,
        text3=t.TEXT_3,
        light=t.LIGHT,
        white=t.WHITE,
        on_light=t.ON_LIGHT,
        auto=t.AUTO,
        auto_tint=t.AUTO_TINT,
        warn=t.WARN,
    )
