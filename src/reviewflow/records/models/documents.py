"""Documents as they came in, their texts, the proposals made for them. Written once, never changed."""

from django.db import models


class Document(models.Model):
    """One version of a case's file.

    ``digest`` is the SHA-256 of the original file, or of a table row's canonical JSON; ``original`` that of the
    stored original (the table itself for a row) and ``row`` the row's id in it. ``case`` may have several versions.
    """

    case = models.ForeignKey("records.Case", models.PROTECT, related_name="documents")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    original = models.CharField(max_length=64)
    row = models.CharField(max_length=200, blank=True)
    section = models.ForeignKey("records.Section", models.PROTECT, db_index=False)
    source = models.CharField(max_length=500)
    size = models.BigIntegerField()
    title = models.CharField(max_length=500)
    doc_number = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    formed_on = models.DateField(null=True)
    sketch = models.TextField(blank=True)
    """64 numbers of 16 bits, the low ends of the MinHash sketch (reviewflow.text.search.similar)"""
    imported_by = models.ForeignKey("records.User", models.PROTECT, db_index=False)
    imported_at = models.DateTimeField()

    class Meta:
        """The same file is one document of its section; a corrected one is known by where it came from."""

        constraints = (models.UniqueConstraint(fields=["section", "digest"], name="one_document_per_file"),)
        indexes = (models.Index(fields=["section", "source"], name="document_source"),)


class DocumentText(models.Model):
    """The text of a document, in a table of its own so that lists never touch it.

    The first ``body_length`` characters are the body; headers, comments, hidden cells and properties follow.

    """

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="text")
    content = models.TextField()
    body_length = models.IntegerField()
    parts = models.TextField(blank=True)
    """JSON list of [kind, start, end]"""


class Proposal(models.Model):
    """What the machine proposed for a document: the record of reviewflow.explained.record as canonical JSON."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="proposal")
    category = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20)
    lane = models.CharField(max_length=20)
    bases = models.CharField(max_length=500, blank=True)
    record = models.TextField()
    model = models.CharField(max_length=40)
    rules_digest = models.CharField(max_length=40)
    program = models.CharField(max_length=20)
    made_at = models.DateTimeField()
