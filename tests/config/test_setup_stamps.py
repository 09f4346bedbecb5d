"""Unchanged input costs nothing; whatever was interrupted is done again."""

import shutil

import pytest

from config.setup import stamps


def test_a_finished_step_holds_for_its_input_only(tmp_path):
    with stamps.stamped("build", "one", folder=tmp_path):
        pass
    assert stamps.holds("build", "one", folder=tmp_path)
    assert not stamps.holds("build", "two", folder=tmp_path)


def test_an_interrupted_step_holds_for_nothing_and_is_known_as_such(tmp_path):
    with stamps.stamped("build", "one", folder=tmp_path):
        pass
    with pytest.raises(KeyboardInterrupt), stamps.stamped("build", "one", folder=tmp_path):
        raise KeyboardInterrupt
    assert not stamps.holds("build", "one", folder=tmp_path)
    assert stamps.was_interrupted("build", folder=tmp_path)


def test_what_was_finished_or_never_begun_was_not_interrupted(tmp_path):
    assert not stamps.was_interrupted("build", folder=tmp_path)
    with stamps.stamped("build", "one", folder=tmp_path):
        assert stamps.was_interrupted("build", folder=tmp_path)
    assert not stamps.was_interrupted("build", folder=tmp_path)


def test_a_step_may_delete_the_folder_of_its_own_stamp(tmp_path):
    folder = tmp_path / "node_modules" / ".stamps"
    with stamps.stamped("packages", "one", folder=folder):
        shutil.rmtree(tmp_path / "node_modules")
    assert stamps.holds("packages", "one", folder=folder)


def test_the_digest_sees_content_names_order_and_absence(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x")
    seen = {stamps.digest([first]), stamps.digest([first, second]), stamps.digest([second, first])}
    second.write_text("")
    seen.add(stamps.digest([first, second]))
    first.write_text("y")
    seen.add(stamps.digest([first, second]))
    assert len(seen) == 5


def test_the_digest_of_the_same_input_is_the_same(tmp_path):
    (tmp_path / "a").write_text("x")
    assert stamps.digest([tmp_path / "a"], also="n") == stamps.digest([tmp_path / "a"], also="n")
