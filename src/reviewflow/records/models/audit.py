"""The audit chain's table. Rows are appended by reviewflow.records.chain.entries alone."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that was done: who, when, what, on which subject, and the hash that chains it to the one before.

    ``details`` is canonical JSON of ids, digests and changed fields, never text of a document.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    actor = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    details = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """A case's history is read by subject."""

        indexes = (models.Index(fields=["subject", "sequence"], name="audit_subject"),)
