"""Where requests may come from and what an answer says to browsers (``docs/network.md``)."""
