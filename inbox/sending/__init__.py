"""From a queued message to WhatsApp: ``rules`` decide, ``pacer`` says when, ``outbox`` claims, sends and records."""
