"""Cuts with heads, with hand-made packets: on the slot that was wanted, and whatever befalls a head."""

import random
from itertools import pairwise

import pytest

from director_app.core.cut_list import CutList
from director_app.media.head import SHORTEST_HEAD
from tests.helpers.studio import A, B, HandMadeHeads, Studio, joins, told
from tests.helpers.wait import eventually


def test_with_heads_a_cut_falls_on_the_very_slot_that_was_wanted() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    assert studio.cut(B, 45) == 45
    assert studio.bus.head_end(45) == 50
    program = studio.run(20).program()
    assert [packet.slot for packet in program] == list(range(70))
    assert told(program[40:55]) == "aaaaa" + "B!BBBB" + "b!bbbb"
    assert (studio.moved, studio.bus.skipped, heads.closed) == ([], 0, True)


def test_no_cut_falls_on_a_slot_that_has_left() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.until_left(40, "everything due")
    assert studio.cut(B, 20) == 40
    assert told(studio.run(20).program()[38:53]) == "aa" + "B!BBBBBBBBB" + "b!bb"


def test_no_head_is_made_where_a_key_frame_lies_or_can_still_be() -> None:
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads).run(70)
    assert studio.cut(B, 60) == 60
    assert studio.cut(A, 70) == 70
    assert studio.bus.head_end(70) is None
    assert told(studio.run(40).program()[58:72]) == "aa" + "b!bbbbbbbbb" + "a!a"
    assert heads.heads == []


def test_no_head_is_so_short_that_two_key_frames_meet() -> None:
    assert SHORTEST_HEAD == 2
    studio = Studio(30, heads=HandMadeHeads()).run(70)
    assert studio.cut(B, 59) == 59
    assert studio.bus.head_end(59) == 70 == studio.keys[B].for_cut(61, 61 + 9)
    program = studio.run(40).program()
    assert told(program[57:62]) == "aaB!BB"
    assert told(program[68:72]) == "BBb!b"


def test_cuts_in_quick_succession_each_have_their_head() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    assert [studio.cut(B, 30), studio.cut(A, 33), studio.cut(B, 34)] == [30, 33, 34]
    assert told(studio.run(30).program()[28:52]) == "aa" + "B!BB" + "A!" + "B!" + "B" * 15 + "b!b"


def test_a_cut_back_to_the_camera_before_needs_no_head() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(30, heads=heads).run(50)
    studio.cut(B, 40)
    assert studio.cut(A, 35) == 35
    assert [head.dropped for head in heads.heads] == [True]
    assert told(studio.run(40).program()) == "a!" + "a" * 59 + "a!" + "a" * 29


def test_a_newer_cut_to_the_camera_that_comes_anyway_changes_nothing() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(50)
    studio.cut(B, 30)
    assert studio.cut(B, 35) == 35
    assert studio.bus.head_end(35) is None
    assert told(studio.run(40).program()[29:52]) == "a" + "B!" + "B" * 19 + "b!b"


def test_an_earlier_cut_replaces_one_whose_head_is_being_made() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(30, heads=heads).run(50)
    studio.cut(B, 40)
    studio.cut(B, 30)
    heads.make()
    assert [(head.first, head.dropped) for head in heads.heads] == [(40, True), (30, False)]
    heads.slowly = False
    assert told(studio.run(30).program()[28:52]) == "aa" + "B!" + "B" * 19 + "b!b"


def test_a_slow_head_is_waited_for() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    studio.run(30)
    studio.until_left(45, "everything before the head")
    heads.make()
    assert told(studio.program()[43:53]) == "aa" + "B!BBBB" + "b!bb"
    assert studio.moved == []


def test_a_head_that_is_too_slow_leaves_the_cut_to_the_key_frame() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    studio.run(40)
    eventually(lambda: studio.moved, 5.0, "the cut has been moved")
    heads.make()
    assert told(studio.program()[43:53]) == "aaaaaaa" + "b!bb"
    assert studio.moved == [(45, A), (50, B)]
    assert studio.asked == [], "the key frame had been asked for at the cut"


def test_a_head_that_fails_before_it_begins_leaves_the_cut_to_the_key_frame() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    heads.fail(heads.heads[0])
    assert told(studio.run(20).program()[43:53]) == "aaaaaaa" + "b!bb"
    assert studio.moved == [(45, A), (50, B)]


def test_a_head_that_fails_half_way_leaves_out_what_cannot_be_decoded() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    heads.make(2)
    studio.run(10)
    studio.until_left(47, "half the head")
    heads.fail(heads.heads[0])
    program = studio.run(20).program()
    assert [packet.slot for packet in program] == [*range(47), *range(50, 80)]
    assert told(program[44:49]) == "aB!Bb!b"
    assert studio.bus.skipped == 3


def test_a_camera_that_fails_inside_its_head_leaves_the_rest_out_until_the_cut_away() -> None:
    studio = Studio(10, heads=HandMadeHeads()).run(50)
    studio.cut(B, 45)
    program = studio.lose(B, A)
    assert [packet.slot for packet in program] == [*range(50), *range(52, 75)]
    assert told(program[44:55]) == "aB!BBBB" + "A!AAa!a"


def test_a_recording_that_ends_inside_a_head_has_every_slot() -> None:
    heads = HandMadeHeads(slowly=True)
    studio = Studio(10, heads=heads).run(50)
    studio.cut(B, 45)
    assert told(studio.end_late(heads)[43:]) == "aa" + "B!BBBB"


def test_after_the_head_maker_has_crashed_cuts_wait_for_key_frames() -> None:
    heads = HandMadeHeads()
    studio = Studio(10, heads=heads).run(50)
    heads.error = MemoryError("none left")
    assert studio.cut(B, 45) == 50
    assert studio.bus.head_end(50) is None
    assert told(studio.run(20).program()[48:52]) == "aab!b"


def test_what_is_kept_of_a_camera_is_its_last_group_of_pictures_and_the_delay() -> None:
    studio = Studio(30, heads=HandMadeHeads()).run(1000)
    studio.until_left(970)
    assert studio.bus._on_air.waiting == 2 * (1000 - 960)
    studio.program()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_cut_and_however_heads_fare_every_packet_can_be_decoded(seed: int) -> None:
    """Random cuts in the last second, heads that are slow, late or fail, and a camera that ends."""
    random_ = random.Random(seed)
    heads = HandMadeHeads()
    studio = Studio(30, heads=heads)
    cuts = CutList(A)
    for _ in range(600):
        studio.run(1)
        if random_.random() < 0.1:
            camera = random_.choice((A, B))
            cuts.cut(studio.cut(camera, studio.next_slot - random_.randint(0, 35)), camera)
        if random_.random() < 0.05:
            heads.slowly = not heads.slowly
        if not heads.slowly or random_.random() < 0.1:
            heads.make(random_.randint(1, 60))
        if heads.waiting and random_.random() < 0.01:
            heads.fail(heads.waiting[0][0])
        if seed % 4 == 0 and studio.next_slot % 50 == 0:
            studio.keep_up()
    heads.slowly = False
    heads.make()
    program = studio.program()
    for slot, camera in studio.moved:
        cuts.correct(slot, camera)
    assert [packet.camera for packet in program] == [cuts.on_air(packet.slot) for packet in program]
    pairs = pairwise([None, *program])
    assert all(joins(before, packet) for before, packet in pairs if packet is not None)
    missing = set(range(600)) - {packet.slot for packet in program}
    assert len(missing) == studio.bus.skipped
    assert not missing or any(head.failure or head.dropped for head in heads.heads)
