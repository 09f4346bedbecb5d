"""What the law gives people over what is kept of them (CM-8): their data in a file, its end, one record of them, and a
register of what they agreed to. ``belongings`` is where apps above say what they keep of a contact."""
