"""The Graph API surface: what Kefu's adapter talks to."""
