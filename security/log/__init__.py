"""The operation log (PM-8): ``chain`` seals it, ``horizon`` says how far it is complete, ``verifying`` proves it,
``viewing`` notes who looked at what, ``reading`` and ``shaping`` show it, ``spreadsheet`` exports it.
The page: ``docs/operation-log.md``."""
