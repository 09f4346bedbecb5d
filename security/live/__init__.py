"""The live stream: numbered rows are the truth (``store``), the channel layer only nudges (``nudges``), one hub per
server process reads and fans out (``hub``), one consumer per socket speaks the protocol (``consumer``)."""
