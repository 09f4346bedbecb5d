"""The client's files, served by the same process."""

import re
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from servestatic.middleware import ServeStaticMiddleware
from servestatic.responders import Redirect, StaticFile

# Vite names every built file after a hash of its content: /static/assets/Thread-BO7j5d49.js never changes.
_HASHED = re.compile(r"/assets/.+-[0-9A-Za-z_-]{8}\.\w+$")
# What the finders found when this process first looked. Every test client builds the middleware anew, and four hundred
# files looked at each time were more work than the requests of most tests.
_found: dict[str, Any] = {}


class StaticFiles(ServeStaticMiddleware):
    """ServeStatic, with three differences: it looks for the files once per process; it knows Vite's hashed names as
    immutable (its setting for that is not read); and a file that a rebuild removed is a 404, where the original raises
    in mid-answer and the page waits for ever."""

    files: dict[str, StaticFile | Redirect]
    directories: list[tuple[str, str]]

    def add_files_from_finders(self) -> None:
        if not _found:
            super().add_files_from_finders()
            _found.update(files=self.files, directories=list(self.directories))
        self.files = dict(_found["files"])
        self.directories = list(_found["directories"])

    def immutable_file_test(self, path: str, url: str) -> bool:
        return _HASHED.search(url) is not None

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = self.files.get(request.path_info)
        if isinstance(known, StaticFile) and not Path(known.alternatives[-1][1]).exists():
            del self.files[request.path_info]
        return await super().__call__(request)
