"""A set-up that is saved nowhere comes back whole, also what Set up itself does not show; damage is no set-up."""

import json
from pathlib import Path

from director_app.gui.models.kept_draft import FILE_NAME, KeptDraft
from director_app.gui.models.setup import draft_of, examine
from director_app.gui.models.small_files import SmallFiles
from director_app.session.show_file import parse_show
from tests.unit.gui.test_setup import EVERYTHING


def test_a_kept_set_up_is_the_same_show_again(tmp_path: Path) -> None:
    files = SmallFiles()
    kept = KeptDraft(tmp_path / FILE_NAME, files)
    show = parse_show(EVERYTHING, "this test")
    kept.keep(draft_of(show))
    files.settle()

    again = KeptDraft(tmp_path / FILE_NAME, SmallFiles()).read()

    assert again is not None
    assert examine(again) == (show, ())


def test_one_of_an_older_program_has_no_other_tables_and_damage_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    tables: dict[str, object] = {"canvas": {}, "recording": {}, "directing": {}}
    path.write_text(json.dumps({"title": "Old", "sessions": None, "cameras": [], "microphones": [], **tables}))
    old = KeptDraft(path, SmallFiles()).read()
    assert old is not None and old.title == "Old" and old.others == {}
    path.write_text("{")
    assert KeptDraft(path, SmallFiles()).read() is None
