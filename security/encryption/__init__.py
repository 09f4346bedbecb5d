"""Encryption at rest (SE-7): rows under a key per contact, under a key per region, under the master key.

``keyring`` makes and opens keys, ``fields`` are the model fields, ``sealing`` is AES-256-GCM itself,
``blind_index`` finds an encrypted value by equality.
"""
