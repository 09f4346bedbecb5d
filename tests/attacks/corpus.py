"""Texts that would do something where they are not taken for text. Each carries a mark of its own, so that whatever
runs, asks for something, or is shown otherwise than it was written names the field it came from.

What runs calls ``owned("<mark>")``, which a watched browser has (``tests/browser/hostile/watch.py``); what only loads
something asks ``canary.invalid``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

CANARY = "canary.invalid"
_M = "@@"  # where the mark goes
# Turns the reading direction: an address or a file name must not swallow what stands beside it.
RIGHT_TO_LEFT, ISOLATE, POP, POP_ISOLATE = "\u202e", "\u2067", "\u202c", "\u2069"

SCRIPTS = (
    '<script>owned("@@")</script>',
    '<img src=x onerror=owned("@@")>',
    '<svg/onload=owned("@@")>',
    '"><svg/onload=owned("@@")>',
    "'-owned('@@')-'",
    "'\" autofocus onfocus=owned('@@') x=\"",
    '</script><script>owned("@@")</script>',
    '</title></textarea></style><script>owned("@@")</script>',
    '--><img src=x onerror=owned("@@")>',
    "<iframe srcdoc=\"<script>parent.owned('@@')</script>\">",
    "<details open ontoggle=owned('@@')>",
    "<a href=\"javascript:owned('@@')\">here</a>",
)
ADDRESSES = (
    "javascript:owned('@@')//",
    "JaVa\u200bScRiPt:owned('@@')",
    "data:text/html,<script>parent.owned('@@')</script>",
    "https://a.example/\"onclick=\"owned('@@')",
    "[read](javascript:owned('@@'))",
    "![seen](https://canary.invalid/@@)",
    "//canary.invalid/@@",
)
TEMPLATES = (
    "{{constructor.constructor('owned(\"@@\")')()}}",
    "${owned('@@')}",
    "{% load static %}{{ request.csp_nonce }} @@",
    "<%= owned('@@') %>",
    "%(name)s %s {0.__class__} {name} @@",
    "$t(common.cancel) {{name}} @@",
    "$& $1 $' @@",
)
MARKUP = (
    "<style>body{background:url(//canary.invalid/@@)}</style>",
    "<link rel=stylesheet href=//canary.invalid/@@>",
    "<base href=//canary.invalid/@@/>",
    '<meta http-equiv=refresh content="0;url=//canary.invalid/@@">',
    "<form action=//canary.invalid/@@><button>Sign in</button></form>",
    "<img src=//canary.invalid/@@>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=owned(&quot;@@&quot;)&gt;'>",
    "<noscript><p title=\"</noscript><img src=x onerror=owned('@@')>\">",
    "&lt;img src=x onerror=owned('@@')&gt;",
    "&#60;script&#62;owned('@@')&#60;/script&#62;",
    "＜script＞owned('@@')＜/script＞",
    "<ſcript>owned('@@')</ſcript>",
)
FORMULAS = ("=cmd|'/c @@'!A0", "+1+@@", "-1-@@", "@SUM(@@)", "\t=@@", "\r=@@", "＝1+@@", "|=@@")
DIRECTIONS = (f"{RIGHT_TO_LEFT}gpj.@@", f"{ISOLATE}fdp.@@", f"invoice{RIGHT_TO_LEFT}@@{POP}exe.")
# For where hardly anything has room.
TINY = ("<i>@@</i>", "<svg id=@@>", "\"'>@@", "{{@@}}", "$t(@@)")
CORPUS = (*SCRIPTS, *ADDRESSES, *TEMPLATES, *MARKUP, *DIRECTIONS, *TINY)


@dataclass(frozen=True)
class Planted:
    """A text of the corpus as it was written into a field."""

    mark: str
    place: str
    text: str

    @property
    def before(self) -> str:
        """What stands before the mark wherever the text is shown for what it is; the rest may be cut off."""
        return self.text.partition(self.mark)[0][-8:].lstrip()

    @property
    def turns(self) -> bool:
        return any(sign in self.text for sign in (RIGHT_TO_LEFT, ISOLATE))


@dataclass
class Garden:
    """Everything that was planted, by mark. ``named`` keeps the marks of two gardens apart."""

    named: str = "a"
    planted: dict[str, Planted] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def one(self, place: str, text: str) -> str:
        mark = f"q{self.named}{next(self._numbers):05d}z"
        planted = Planted(mark, place, text.replace(_M, mark))
        self.planted[mark] = planted
        return planted.text

    def all(self, place: str, *, longest: int = 400, of: Iterable[str] = CORPUS) -> list[str]:
        """The whole corpus in as few values of at most ``longest`` characters as it takes."""
        values: list[str] = []
        for text in (self.one(place, one) for one in of if len(one) + 7 <= longest):
            if values and len(values[-1]) + len(text) + 1 <= longest:
                values[-1] += f" {text}"
            else:
                values.append(text)
        return values

    def places(self) -> set[str]:
        return {one.place for one in self.planted.values()}
