"""The switches of the simulator: defaults from `data/behaviour.yaml`, changes kept in the state file."""

from typing import Any

from inbox.simulator.tables import load_yaml

_CHOICES = {
    "shape": {"documented", "published"},
    "level": {"strict", "meta-like", "lenient"},
    "closed_window": {"asynchronous", "synchronous"},
    "unknown_recipients": {"undeliverable", "create"},
    "pricing_on": {"sent", "delivered"},
    "serialisation": {"random", "compact"},
    "us_marketing": {"withheld", "delivered"},
    "over_limit": {"asynchronous", "silent", "ignore"},
    "unknown_flows": {"refuse", "accept"},
    "template_review": {"delayed", "instant"},
    "template_error_position": {"subcode", "code"},
    "template_limit": {"refuse", "accept"},
}


class UnknownSetting(ValueError):
    """A setting or value the simulator does not have."""


class Behaviour:
    """Read with `behaviour["sent_after"]`; changed with `change`, which checks name, type and choice."""

    def __init__(self, changes: dict[str, Any] | None = None) -> None:
        self._defaults = load_yaml("behaviour.yaml")
        self.changes: dict[str, Any] = {}
        self.change(changes or {})

    def __getitem__(self, name: str) -> Any:
        return self.changes.get(name, self._defaults[name])

    def all(self) -> dict[str, Any]:
        return {**self._defaults, **self.changes}

    def change(self, changes: dict[str, Any]) -> None:
        for name, value in changes.items():
            self._check(name, value)
        self.changes.update(changes)

    def forget(self) -> None:
        self.changes.clear()

    def _check(self, name: str, value: Any) -> None:
        if name not in self._defaults:
            raise UnknownSetting(f"There is no setting {name!r}. Known: {', '.join(sorted(self._defaults))}.")
        default = self._defaults[name]
        if name in _CHOICES and value not in _CHOICES[name]:
            raise UnknownSetting(f"{name} must be one of {', '.join(sorted(_CHOICES[name]))}.")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(default, bool):
            fits = isinstance(value, bool)
        elif isinstance(default, int | float):
            fits = is_number and value >= 0
        else:
            fits = isinstance(value, type(default))
        if not fits:
            raise UnknownSetting(f"{name} must look like {default!r}.")
        if name.endswith(("_after", "_latency", "_retry")) and not _is_span(value):
            raise UnknownSetting(f"{name} must be two numbers of seconds, the smaller first.")


def _is_span(value: list[Any]) -> bool:
    return len(value) == 2 and all(isinstance(item, int | float) for item in value) and 0 <= value[0] <= value[1]
