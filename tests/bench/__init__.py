"""The benches: what Kefu carries, each row with its reference measured in the same run (``docs/performance.md``).

``rows/`` holds one module per row; ``measures`` what a row returns; ``load`` the load generators; ``reference/`` the
bare programs that Kefu is held against; ``__main__`` runs rows and prints the table; ``compare`` runs two versions.
"""
