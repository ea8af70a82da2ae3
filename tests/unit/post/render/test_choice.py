"""Whether packets are copied: by rule, with a reason, without a file."""

import pytest

from director_app.post.render.choice import Facts, choose
from director_app.post.render.errors import RenderError
from director_app.post.render.order import Delivery, EncodedBy, Quality, VideoCodec, Way

SIZE = (1920, 1080)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(SIZE), "All pictures are copied: every shot begins with a key frame."),
        (Facts(SIZE, heads=1), "Pictures are copied; only the beginning of one shot is encoded anew."),
        (Facts(SIZE, heads=7), "Pictures are copied; only the beginnings of 7 shots are encoded anew."),
        (Facts(SIZE, names=1), "Pictures are copied; only the pictures with one name are encoded anew."),
        (Facts(SIZE, cards=1), "Pictures are copied; only one title card is encoded anew."),
        (
            Facts(SIZE, heads=2, names=3, cards=4),
            "Pictures are copied; only the beginnings of 2 shots, the pictures with 3 names and 4 title cards are "
            "encoded anew.",
        ),
        (
            Facts(SIZE, head_trouble="No such encoder."),
            "All pictures are copied: every shot begins with a key frame.",
        ),
    ],
)
def test_packets_are_copied_where_they_can_be(facts: Facts, why: str) -> None:
    choice = choose(Delivery(size=SIZE), facts)
    assert (choice.way, choice.why, choice.can_be_copied) == (Way.SMART, why, True)


@pytest.mark.parametrize(
    ("delivery", "why"),
    [
        (Delivery(size=(1280, 720)), "the film is to be 1280 x 720, the recording is 1920 x 1080."),
        (Delivery(codec=VideoCodec.HEVC), "the film is to be HEVC, the recording is H.264."),
        (Delivery(quality=Quality("slower", 18)), "slower at crf 18 was asked for."),
        (Delivery(encoded_by=EncodedBy.HARDWARE), "the graphics unit's encoder was asked for."),
    ],
)
def test_what_no_recording_has_is_encoded_from_a_copied_film(delivery: Delivery, why: str) -> None:
    choice = choose(delivery, Facts(SIZE, heads=3))
    assert (choice.way, choice.can_be_copied) == (Way.FULL, True)
    assert choice.why == f"Every picture is encoded: {why}"
    with pytest.raises(RenderError, match="cannot be made by copying"):
        choose(delivery, Facts(SIZE), Way.SMART)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(SIZE, unequal=("2 Ben", "3 Mia")), "packets of 2 Ben, 3 Mia cannot stand beside those"),
        (
            Facts(SIZE, heads=1, head_trouble="No such encoder."),
            "first pictures of shots cannot be: No such encoder.",
        ),
        (Facts(SIZE, lacking=9, head_trouble="No such encoder."), "cannot be: No such encoder."),
        (Facts(SIZE, names=1, head_trouble="No such encoder."), "with a name or title cannot be: No such encoder."),
        (Facts(SIZE, cards=1, head_trouble="No such encoder."), "with a name or title cannot be: No such encoder."),
    ],
)
def test_packets_that_do_not_fit_are_encoded_from_the_cameras(facts: Facts, why: str) -> None:
    choice = choose(Delivery(), facts)
    assert (choice.way, choice.can_be_copied) == (Way.FULL, False)
    assert why in choice.why
    with pytest.raises(RenderError, match="Leave the way to the program"):
        choose(Delivery(), facts, Way.SMART)


def test_either_way_can_be_asked_for() -> None:
    assert choose(Delivery(), Facts(SIZE), Way.SMART).way is Way.SMART
    asked = choose(Delivery(), Facts(SIZE), Way.FULL)
    assert (asked.way, asked.why, asked.can_be_copied) == (
        Way.FULL,
        "Every picture is encoded, as was asked for.",
        True,
    )
