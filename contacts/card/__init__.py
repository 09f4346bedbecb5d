"""One card for all that is known of a contact: what it says (``shapes``), who adds to it (``sections``), what of it
comes first (``highlights``), and reading it in one go (``reading``)."""
