"""A pytest plugin, loaded before Django: the environment every test process runs in, apart from any real data."""

import atexit
import os
import shutil
import tempfile

if "KEFU_DATA" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="kefu-tests-")
    os.environ["KEFU_DATA"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["KEFU_FAST_PASSWORDS"] = "1"
os.environ["KEFU_LOG_LEVEL"] = "ERROR"
os.environ["KEFU_REDIS_PREFIX"] = f"kefu-test-{os.getpid()}"
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (os.getcwd(), os.environ.get("PYTHONPATH"))))

if os.environ.get("CI"):
    from hypothesis import settings as hypothesis_settings

    # The same examples at every run: CI tells whether this change broke something, `make test` goes on searching.
    hypothesis_settings.register_profile("ci", derandomize=True)
    hypothesis_settings.load_profile("ci")
