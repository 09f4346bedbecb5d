"""Scenario files: conversations in YAML with timed steps and expectations, played over the control plane."""
