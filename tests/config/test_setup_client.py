"""When the client is built anew, and with which Node."""

import pytest

from config.setup.client import source_files
from config.setup.node import is_new_enough


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2\n", "v22.12.0", "v23.0.0", "v24.19.0"])
def test_a_node_that_vite_accepts_is_used(version):
    assert is_new_enough(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.1", "v21.7.3", "v22.11.0", "", "nonsense", "v22"])
def test_an_older_node_is_not(version):
    assert not is_new_enough(version)


def test_sources_are_what_a_build_may_read(tmp_path):
    for name in ["src/main.tsx", "src/inbox/List.tsx", "src/inbox/List.test.tsx", "vite.config.ts", ".npmrc"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    for name in ["node_modules/react/index.js", "dist/assets/main.js"]:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    found = {str(path.relative_to(tmp_path)) for path in source_files(tmp_path)}
    assert found == {"src/main.tsx", "src/inbox/List.tsx", "vite.config.ts", ".npmrc"}
