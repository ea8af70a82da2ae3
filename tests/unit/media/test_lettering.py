"""Text that is drawn fits, and is one line, whatever it holds."""

from director_app.media.lettering import SEMIBOLD, fitting, font


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    cut = fitting("A show about everything", SEMIBOLD, 28, 200)

    assert cut.startswith("A show") and cut.endswith("…")
    assert font(SEMIBOLD, 28).getlength(cut) <= 200


def test_what_no_font_can_lay_out_becomes_a_space() -> None:
    assert fitting("One\nline\x00of \ud800text", SEMIBOLD, 28, 500) == "One line of  text"
