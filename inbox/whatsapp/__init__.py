"""The adapter to Meta's Cloud API: ``client`` (send, media), ``parse`` (webhooks), ``signature``, ``payloads`` and
``codes``. It exchanges the frozen dataclasses of ``wire`` and knows no models. The simulator answers the same adapter.
"""
