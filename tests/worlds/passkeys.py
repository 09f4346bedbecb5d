"""An authenticator in software: makes and shows passkeys as a browser does, and lies where a test wants it to."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url

_PRESENT, _VERIFIED, _HAS_KEY = 0x01, 0x04, 0x40


@dataclass
class SoftPasskey:
    """One key pair. ``verifies``: its owner unlocked it with a finger or a PIN."""

    origin: str = "http://localhost"
    rp_id: str = "localhost"
    verifies: bool = True
    counts: bool = True
    uses: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The browser's answer to ``PublicKeyCredentialCreationOptionsJSON``."""
        told = self._client_data("webauthn.create", options["challenge"])
        public = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")})
        credential = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cose
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(_HAS_KEY) + credential}
        response = {
            "clientDataJSON": bytes_to_base64url(told),
            "attestationObject": bytes_to_base64url(cbor2.dumps(attestation)),
            "transports": ["internal", "hybrid"],
        }
        return self._answer(response)

    def show(self, options: dict[str, Any]) -> dict[str, Any]:
        """The browser's answer to ``PublicKeyCredentialRequestOptionsJSON``."""
        self.uses += 1
        told, data = self._client_data("webauthn.get", options["challenge"]), self._data(0)
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": bytes_to_base64url(told),
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signed),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = bytes_to_base64url(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client_data(self, kind: str, challenge: str) -> bytes:
        assert base64url_to_bytes(challenge)
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        count = self.uses if self.counts else 0
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")
