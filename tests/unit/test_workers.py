"""Tests in several workers: what shares fixtures stays in one, under the versions that are installed."""

import re
import subprocess
import sys
from pathlib import Path

from tests.workers import group_of


def test_what_lies_beside_a_conftest_stays_together_and_other_modules_stand_alone() -> None:
    assert group_of(Path("unit/post/render/test_plan.py")) == group_of(Path("unit/post/test_heads.py")) == "unit/post"
    assert group_of(Path("gui/test_start.py")) == "gui"
    assert group_of(Path("unit/core/test_shots.py")) == "unit/core/test_shots.py"


def test_no_group_is_torn_apart(tmp_path: Path) -> None:
    """By running some: pytest-xdist once forgot groups without a word."""
    modules = ("core/test_slot_marks.py", "core/test_health.py")
    paths = [str(Path(__file__).parent / each) for each in modules]
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadgroup"]
    command += ["--basetemp", str(tmp_path / "pytest"), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    workers = {each: set(re.findall(rf"\[(gw\d)\].*{each}::", done.stdout)) for each in modules}
    assert done.returncode == 0, done.stdout
    assert [len(each) for each in workers.values()] == [1, 1], done.stdout
