from django.db import models


class SignInGuard(models.Model):
    """Wrong passwords given for one address, whether or not anybody has it (SE-3).

    ``digest``: a keyed hash of the address, in hexadecimal. An attempt is counted before its password is looked at, so
    that guesses made at the same moment cannot go past the limit.
    """

    digest = models.CharField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=("last_at",), name="sign_in_guards")]

    def __str__(self) -> str:
        return self.digest
