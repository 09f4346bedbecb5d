"""How often somebody may do something: one mechanism for keys, people and addresses (``docs/network.md``)."""
