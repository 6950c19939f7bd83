"""What decisions become: entries of the catalogues, publications, and the internal register of withheld items."""

from django.db import models

from reviewflow.records.querysets import OutcomeQuerySet


class IndexCounter(models.Model):
    """The last sequence number given in a scope (agency and year, by the profile). Only ever counts up."""

    scope = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField()


class CatalogueEntry(models.Model):
    """An entry as it stands now; its history is in its revisions. The index number is kept for good."""

    case = models.OneToOneField("records.Case", models.PROTECT, related_name="entry")
    index_number = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=500)
    doc_number = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=20)
    subclass = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20)
    keywords = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    carrier = models.CharField(max_length=20)
    record_form = models.CharField(max_length=20)
    duty_department = models.CharField(max_length=200)
    formed_on = models.DateField()
    decided_on = models.DateField()
    valid = models.BooleanField(default=True)
    in_force = models.BooleanField(default=True)
    """whether the entry's own decision still stands: false once its case was decided otherwise, or retracted"""
    body_open = models.BooleanField(default=True)
    """whether the text may go out as it stands: false where something in it must be masked first"""
    attachments = models.TextField(blank=True)
    remark = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey("records.Document", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        """Exports go by day of decision; the catalogue counts and lists by category."""

        indexes = (
            models.Index(fields=["status", "in_force", "decided_on", "id"], name="entry_export"),
            models.Index(fields=["status", "in_force", "category", "decided_on", "id"], name="entry_category"),
        )


class EntryRevision(models.Model):
    """One state of an entry: all its fields as canonical JSON, who made it, when and why. Never changed."""

    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    fields = models.TextField()
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """Numbered without gaps."""

        constraints = (models.UniqueConstraint(fields=["entry", "number"], name="one_revision_per_number"),)


class Publication(models.Model):
    """The entry on one channel: one entry may have several, and still counts once."""

    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="publications")
    channel = models.CharField(max_length=30)
    published_on = models.DateField()
    address = models.CharField(max_length=500, blank=True)
    withdrawn_on = models.DateField(null=True)
    by = models.CharField(max_length=60)


class WithheldItem(models.Model):
    """An item decided 不予公开: basis, reason, and the day on which it is to be assessed again (Art. 18)."""

    case = models.OneToOneField("records.Case", models.PROTECT, related_name="withheld")
    number = models.CharField(max_length=120, unique=True)
    bases = models.CharField(max_length=500)
    reason = models.TextField()
    decided_on = models.DateField()
    reassess_on = models.DateField()
    in_force = models.BooleanField(default=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        """The list of what is due for assessment."""

        indexes = (models.Index(fields=["in_force", "reassess_on"], name="withheld_due"),)
