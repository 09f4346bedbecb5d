"""How customers write: the same words look different from six people."""

from random import Random

_EMOJI = ("😊", "🙏", "😂", "❤️", "🥹", "👍", "✨", "🍵")
_STOPS = "。！？!?～"
_SHORTEST_SPLIT = 8


def say(text: str, manner: int, language: str, rng: Random) -> list[str]:
    """The messages in which somebody of this manner sends ``text``: mostly one, sometimes two short ones."""
    if language == "zh":
        text = _chinese(text, manner, rng)
    elif manner == 1:
        text = text[:1].lower() + text[1:].rstrip(".")
    if manner in (2, 5) and rng.random() < 0.22 and text[-1:].isalnum():
        text += rng.choice(_EMOJI)
    if manner in (3, 4) and "\n" not in text and rng.random() < 0.35:
        return _burst(text, "，" if language == "zh" else ", ")
    return [text]


def _chinese(text: str, manner: int, rng: Random) -> str:
    text = text.rstrip("，")
    if manner == 1:
        text = text.replace("，", " ").replace("？", "?")
    elif manner == 2 and text[-1:] not in _STOPS and rng.random() < 0.4:
        text += "～"
    elif manner == 4 and text[-1:] == "？" and rng.random() < 0.4:
        text += "？"
    elif manner == 5:
        text = text.replace("您", "你")
    return text


def _burst(text: str, comma: str) -> list[str]:
    first, _, rest = text.partition(comma)
    if len(first) < 2 or len(rest) < 2 or len(text) < _SHORTEST_SPLIT:
        return [text]
    return [first, rest]
