from django.db import models


class StreamHead(models.Model):
    """The counter of one numbered stream (``region:3``, ``person:7``); locked once at the end of a write."""

    name = models.CharField(max_length=40, primary_key=True)
    head = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0, help_text="Rows up to this number have been pruned.")

    def __str__(self) -> str:
        return f"{self.name} at {self.head}"


class StreamEvent(models.Model):
    """One change, told once, whoever may see it.

    ``audience`` names the policy that decides, over ``scope`` (ids only) as it is now and ``left_scope`` as it was;
    ``payload`` is JSON sealed under ``key_id``.
    """

    stream = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=24)
    scope = models.JSONField(default=dict)
    left_scope = models.JSONField(null=True)
    key_id = models.UUIDField()
    payload = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("stream", "seq"), name="stream_seq_once")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"
