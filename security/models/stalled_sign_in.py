from django.db import models

from security.models.user import User


class StalledSignIn(models.Model):
    """The right password was given in a device nobody knows, and the second factor is still lacking (SE-3). Gone once
    it is given; told to the person when the time to finish is over."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    ip = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    began_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "ip", "device"), name="stalled_once_from_there")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.device}"
