"""The demo world: an invented tea shop with people, customers and two months of conversations.

``seed`` makes it on an empty database, the same from one seed and relative to the time of seeding; ``accounts`` tells
who may sign in; ``refresh`` follows changed ports at each start. Texts are in ``data/``, pictures are drawn.
"""
