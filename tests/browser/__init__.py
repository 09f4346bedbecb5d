"""The real client in Chromium against the real server, on the profile under test."""
