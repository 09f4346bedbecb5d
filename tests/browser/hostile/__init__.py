"""A shop of its own in which every field holds something that would run, and a crawler that looks at all of it."""
