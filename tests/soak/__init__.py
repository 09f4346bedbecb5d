"""A whole day of a busy number, compressed: nothing lost, nothing doubled, counted from both sides (`make soak`)."""
