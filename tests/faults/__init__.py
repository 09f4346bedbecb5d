"""Real processes, real faults: what is killed, cut, stopped, flooded or doubled, and what is lost or doubled by it.

A *place* is a running Kefu with what it stands on (an own Redis, a line to the database that can be cut); *meta*
posts webhooks until they are acknowledged; *desk* is an agent's browser sending answers; a *tab* follows the live
stream. ``count`` compares both sides at the end.
"""
