from django.db import models

from security.models.user import User


class Presence(models.Model):
    """When a live connection of somebody was last alive, in whichever process.

    Every server process says for all its tabs at once that they are there; whoever is not spoken for any more is gone
    after a few heartbeats. ``is_here`` is what colleagues were told.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="presence")
    seen_at = models.DateTimeField(db_index=True)
    is_here = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.seen_at:%H:%M:%S}"
