"""A large world for benches: half a year of conversations with the shapes that real inboxes have.

``plan`` decides who talks with whom, when and how much; ``repertoire`` holds what is said, taken from the demo's
scenarios; ``thread`` plays one conversation after the other forward in time; ``tables`` writes. The rows are those
the product itself would have written, sealed under the same keys, only in bulk.
"""
