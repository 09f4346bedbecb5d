"""The control plane under `/__sim/`: playing customers, moving time, breaking things, looking inside."""
