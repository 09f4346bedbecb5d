"""What invented customers do: writing every kind of message, tapping, calling, changing who they are, habits."""
