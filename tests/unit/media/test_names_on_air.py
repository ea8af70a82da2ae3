"""Names over the program, with hand-made packets: made only while they are on air, and whatever befalls them."""

import random
from itertools import pairwise

import pytest

from director_app.core.cut_list import CutList
from director_app.core.named_spans import EndedName, PlacedName, drawn_spans, named_spans
from director_app.media.bus import Routed
from director_app.media.dress import Dress
from director_app.media.packets import FrameKind, VideoPacket
from tests.helpers.studio import NAME, A, B, HandMadeHeads, Studio, joins, told
from tests.helpers.wait import eventually


def test_a_name_begins_and_ends_on_its_very_slots() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    name = studio.name(A, 50)
    assert (name.first, name.end) == (50, 70)
    program = studio.run(40).program()
    assert [packet.slot for packet in program] == list(range(90))
    assert told(program[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"
    assert (studio.undressed, studio.bus.skipped, [head.fed for head in heads.heads]) == ([], 0, [True])


def test_a_name_may_begin_on_slots_that_have_not_left() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.until_left(40, "everything due")
    assert studio.name(A, 20).first == 40
    assert told(studio.run(40).program()[38:62]) == "aa" + "N!" + "N" * 19 + "a!a"


def test_key_frames_of_the_camera_do_not_end_a_name() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.keys[A].ask(55)
    studio.name(A, 50)
    assert told(studio.run(40).program()[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"


def test_a_name_that_follows_a_key_frame_begins_with_it() -> None:
    studio = Studio(10, heads=HandMadeHeads())
    studio.keys[A].ask(49)
    studio.run(50)
    studio.name(A, 50)
    assert told(studio.run(40).program()[47:73]) == "aa" + "N!" + "N" * 20 + "a!aa"
    late = Studio(10, heads=HandMadeHeads()).run(50)
    late.keys[A].ask(52)
    late.name(A, 53)
    assert told(late.run(40).program()[50:76]) == "aa" + "N!" + "N" * 20 + "a!aa"


def test_a_name_ends_with_the_cut_away_and_does_not_come_back() -> None:
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads).run(50)
    studio.name(A, 50, 40)
    studio.run(15)
    assert studio.cut(B, 60) == 60
    studio.run(5)
    assert studio.cut(A, 72) == 72
    program = studio.run(60).program()
    assert told(program[48:78]) == "aa" + "N!" + "N" * 9 + "b!" + "b" * 11 + "a!" + "a" * 5
    assert told(program[88:92]) == "aaa!a"
    assert heads.heads[0].dropped
    assert studio.undressed == []


def test_a_name_is_not_seen_where_the_program_had_cut_away_before() -> None:
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads).run(60)
    studio.name(A, 60)
    studio.run(5)
    assert studio.cut(B, 55) == 55
    program = studio.run(60).program()
    assert told(program[53:63]) == "aa" + "B!BBBB" + "b!bb"
    assert (heads.heads[0].dropped, studio.undressed) == (True, [])


def test_a_cut_to_the_same_camera_changes_nothing() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    studio.name(A, 50)
    studio.run(10)
    assert studio.cut(A, 55) == 55
    assert told(studio.run(40).program()[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"


def test_a_cut_that_is_replaced_by_an_earlier_one_back_leaves_the_name() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    studio.name(A, 50)
    studio.run(12)
    studio.cut(B, 58)
    studio.cut(A, 56)
    assert told(studio.run(40).program()[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"


def test_a_name_comes_on_while_the_head_of_the_cut_runs() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    assert studio.cut(B, 40) == 40
    studio.name(B, 45)
    assert told(studio.run(40).program()[38:68]) == "aa" + "B!BBBB" + "M!" + "M" * 19 + "b!bb"


def test_a_name_that_begins_with_the_cut_is_the_head_of_the_shot() -> None:
    for first in (45, 60):
        studio = Studio(30, heads=HandMadeHeads()).run(60)
        assert studio.cut(B, first) == first
        studio.name(B, first)
        assert told(studio.run(60).program()[first - 2 : first + 22]) == "aa" + "M!" + "M" * 19 + "b!b"


def test_a_name_never_begins_right_after_the_first_picture_of_a_head() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(60)
    assert studio.cut(B, 58) == 58
    assert studio.name(B, 59).first == 60
    assert studio.name(B, 60).first == 62
    assert told(studio.run(40).program()[56:66]) == "aa" + "B!B" + "M!M" + "M!MMM"


def test_a_late_name_may_begin_with_the_key_frame_that_leaves_next() -> None:
    studio = Studio(6, heads=HandMadeHeads())
    studio.keys[A].ask(44)
    studio.run(50)
    studio.until_left(44, "everything due")
    assert studio.name(A, 40).first == 44
    assert told(studio.run(40).program()[42:66]) == "aa" + "N!" + "N" * 19 + "a!a"


def test_a_name_after_a_cut_to_a_key_frame_begins_with_the_cut() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(60)
    assert studio.cut(B, 60) == 60
    studio.name(B, 61)
    assert told(studio.run(40).program()[58:84]) == "aa" + "M!" + "M" * 20 + "b!bb"


def test_a_name_that_is_taken_away_ends_with_a_key_frame_of_its_own() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    name = studio.name(A, 50, 100)
    studio.run(10)
    assert studio.bus.undress(name, 69) == 69
    assert studio.bus.undress(name, 80) == 69
    assert told(studio.run(40).program()[48:73]) == "aa" + "N!" + "N" * 18 + "a!aaa"
    assert heads.heads[0].fed


def test_a_name_that_is_taken_away_too_late_ends_with_the_next_key_frame() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    name = studio.name(A, 50, 100)
    studio.run(20)
    assert studio.bus.undress(name, 65) == 70
    assert told(studio.run(20).program()[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"


def test_one_name_may_follow_on_another() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    first = studio.name(A, 50, 100)
    studio.run(10)
    studio.bus.undress(first, 69)
    studio.run(4)
    studio.name(A, 64)
    program = studio.run(40).program()
    assert told(program[48:88]) == "aa" + "N!" + "N" * 13 + "N!" + "N" * 19 + "a!aaa"
    assert all(joins(*pair) for pair in pairwise(program))


def test_a_slow_name_is_waited_for_and_one_that_is_too_slow_is_not_shown() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.name(A, 50)
    studio.run(30)
    studio.until_left(50, "everything before the name")
    heads.make()
    studio.run(10)
    studio.name(A, 90)
    studio.run(45)
    eventually(lambda: studio.undressed, 5.0, "the name is given up")
    heads.make()
    program = studio.run(10).program()
    assert told(program[48:73]) == "aa" + "N!" + "N" * 19 + "a!aa"
    assert "N" not in told(program[73:])
    assert [packet.slot for packet in program] == list(range(145))
    assert studio.undressed == [(90, 90)]


def test_a_name_that_fails_before_it_begins_costs_no_picture() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.name(A, 55)
    heads.fail(heads.heads[0])
    program = studio.run(40).program()
    assert told(program) == "a!" + "a" * 59 + "a!" + "a" * 14 + "a!" + "a" * 14
    assert (studio.undressed, studio.bus.skipped) == ([(55, 55)], 0)


def test_a_name_that_fails_half_way_goes_on_with_the_next_key_frame() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.name(A, 50, 100)
    studio.run(15)
    heads.make(2)
    studio.until_left(52, "half the name")
    heads.fail(heads.heads[0])
    assert studio.asked == [A], "a key frame at once: under the name there would have been none for long"
    program = studio.run(40).program()
    assert [packet.slot for packet in program] == [*range(52), *range(60, 105)]
    assert told(program[50:55]) == "N!N" + "a!aa"
    assert studio.undressed == [(50, 52)]


def test_a_name_that_is_encoded_too_slowly_ends_early_and_costs_no_picture() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(30, heads=heads).run(50)
    name = studio.name(A, 50, 600)
    made = 0
    for number in range(400):
        studio.run(1)
        if number % 3:
            heads.make(1)
            made += 1
        _until_left(studio, min(50 + made, studio.next_slot - 30))
    program = studio.run(60).program()
    assert [packet.slot for packet in program] == list(range(510))
    assert studio.undressed == [(50, name.end)]
    assert name.end < 300
    assert all(joins(before, packet) for before, packet in pairwise(program))
    assert {packet.slot for packet in program if packet.payload.startswith(b"name")} == set(range(50, name.end))


def _until_left(studio: Studio, slot: int) -> None:
    eventually(lambda: studio.bus._on_air.next_slot >= slot, 5.0, "what is made leaves")


def test_a_name_that_hangs_is_given_up() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.name(A, 50, 100)
    studio.run(4)
    heads.make(2)
    studio.run(200)
    eventually(lambda: studio.undressed, 5.0, "the name is given up")
    eventually(lambda: len(studio.undressed) == 2, 5.0, "the name is given up")
    assert studio.undressed == [(50, 60), (50, 52)], "first it was to end early, with a key frame that was there"
    program = studio.program()
    assert all(joins(before, packet) for before, packet in pairwise(program))
    assert told(program[50:54]) == "N!N" + "a!a"


def test_a_camera_that_fails_under_its_name_leaves_the_rest_out_until_the_cut_away() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.name(A, 45)
    program = studio.lose(A, B)
    assert [packet.slot for packet in program] == [*range(50), *range(52, 75)]
    assert told(program[43:53]) == "aa" + "N!NNNN" + "B!BB"


def test_without_a_head_maker_no_name_is_shown() -> None:
    bare = Studio(0).run(20)
    assert bare.bus.dress(A, 20, 20, NAME) is None
    bare.program()
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(20)
    heads.error = MemoryError("none left")
    assert studio.bus.dress(A, 20, 20, NAME) is None
    assert "N" not in told(studio.run(20).program())


class Drawing(Routed):
    """A program that is encoded on its own: writes down over which slots a name is to be drawn."""

    cuts_on_key_frames = False

    def __init__(self) -> None:
        self.named: list[int] = []

    def make(self, packet: VideoPacket, worn: Dress | None = None) -> tuple[VideoPacket, ...]:
        self.named += [] if worn is None else [packet.slot]
        return (packet,)


def test_a_program_with_an_encoder_of_its_own_draws_names_itself() -> None:
    drawing = Drawing()
    studio = Studio(10, drawing).run(50)
    studio.name(A, 50)
    studio.run(50)
    early = studio.name(A, 100, 100)
    studio.run(10)
    assert studio.bus.undress(early, 115) == 115
    studio.run(20)
    studio.name(A, 130, 60)
    studio.run(10)
    studio.cut(B, 139)
    studio.run(5)
    studio.cut(A, 145)
    studio.run(60).program()
    assert drawing.named == [*range(50, 70), *range(100, 115), *range(130, 139)]
    assert (studio.undressed, studio.asked) == ([], [])


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_cut_and_named_every_packet_can_be_decoded(seed: int) -> None:
    """Random cuts in the last second, names that come, go and fail: what is seen of them is what the rule says."""
    random_ = random.Random(seed)
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads)
    cuts, camera = CutList(A), A
    placed: list[PlacedName] = []
    ended: list[EndedName] = []
    latest: Dress | None = None
    for _ in range(900):
        studio.run(1)
        if random_.random() < 0.03:
            camera = random_.choice((A, B))
            cuts.cut(studio.cut(camera, studio.next_slot - random_.randint(0, 27)), camera)
        if random_.random() < 0.03 and cuts.on_air(studio.next_slot) == camera:
            latest = studio.bus.dress(camera, studio.next_slot, random_.randint(5, 90), NAME)
            if latest is not None:
                placed.append(PlacedName(camera, latest.first, latest.end, (0, 0, 2, 2)))
        if random_.random() < 0.02 and latest is not None:
            ended.append(EndedName(studio.bus.undress(latest, studio.next_slot + 9), latest.first))
        if random_.random() < 0.03:
            heads.slowly = not heads.slowly
        if not heads.slowly or random_.random() < 0.2:
            heads.make(random_.randint(1, 60))
        if heads.waiting and random_.random() < 0.01:
            heads.fail(heads.waiting[0][0])
        if seed % 2 == 0:
            studio.keep_up()
    heads.slowly = False
    heads.make()
    program = studio.program()
    for slot, moved in studio.moved:
        cuts.correct(slot, moved)
    assert [packet.camera for packet in program] == [cuts.on_air(packet.slot) for packet in program]
    assert all(joins(before, packet) for before, packet in pairwise([None, *program]) if packet is not None)
    ended += [EndedName(slot, first) for first, slot in studio.undressed]
    inside, anew = (
        {slot for each in rule(cuts, placed, ended) for slot in range(each.first, each.end)}
        for rule in (named_spans, drawn_spans)
    )
    named = {packet.slot for packet in program if packet.payload.startswith(b"name")}
    shown = {packet.slot for packet in program}
    assert inside & shown <= named <= anew
    assert all(packet.kind is FrameKind.KEY for packet in program if packet.slot in named - inside)
    missing = set(range(900)) - shown
    assert len(missing) == studio.bus.skipped
    assert not missing or any(head.failure or head.dropped for head in heads.heads)
