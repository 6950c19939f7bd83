"""Cases and their signatures. A case's row is what its signatures have made of it, kept for lists and locking."""

from django.db import models

from reviewflow.domain.review import Stage


class Case(models.Model):
    """One document's way through the review. Every column but ``section`` and ``opened_at`` follows from signatures.

    ``lane_rank`` is 0 for hold, 1 for attention, 2 for clear; ``version`` counts changes (a stale page is refused).
    """

    section = models.ForeignKey("records.Section", models.PROTECT, db_index=False)
    document = models.ForeignKey("records.Document", models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    doc_number = models.CharField(max_length=120, blank=True)
    formed_on = models.DateField(null=True)
    template = models.CharField(max_length=200, blank=True)
    """what the titles of one template have in common (reviewflow.text.search.similar.template_key)"""
    stage = models.CharField(max_length=20, default=Stage.SECTION.value)
    is_open = models.BooleanField(default=True)
    asked_from = models.CharField(max_length=20, blank=True)
    lane = models.CharField(max_length=20)
    lane_rank = models.SmallIntegerField()
    hold = models.BooleanField()
    declassified = models.BooleanField(default=False)
    split = models.BooleanField(default=False)
    signers = models.CharField(max_length=120, blank=True)
    """ids of the accounts whose signatures stand, each with a space before and after"""
    category = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20)
    bases = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)
    answer_due_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """Lists are read shelf by shelf (see reviewflow.services.queue.shelves); precedents from the last."""

        indexes = (
            models.Index(
                fields=["section", "stage", "lane_rank", "due_on", "id", "signers", "opened_at"], name="case_shelf"
            ),
            models.Index(
                fields=["section", "stage", "category", "status", "lane_rank", "due_on", "id"], name="case_sorted"
            ),
            models.Index(
                fields=["section", "stage", "lane_rank", "due_on", "id"],
                name="case_split",
                condition=models.Q(split=True),
            ),
            models.Index(fields=["is_open", "opened_at"], name="case_age"),
            models.Index(
                fields=["template", "status", "-id"],
                name="case_precedent",
                condition=models.Q(stage=Stage.DECIDED.value),
            ),
        )


class Signature(models.Model):
    """One action of one person on one case, for good. ``file_digest`` is the SHA-256 of the file that was before them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="signatures")
    position = models.PositiveIntegerField()
    document = models.ForeignKey("records.Document", models.PROTECT, related_name="+")
    file_digest = models.CharField(max_length=64)
    stage = models.CharField(max_length=20)
    action = models.CharField(max_length=20)
    user = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    stand_in_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    category = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    bases = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    particulars = models.TextField(blank=True)

    class Meta:
        """No two signatures at the same place of a case: the second of two people who sign at once is refused."""

        constraints = (models.UniqueConstraint(fields=["case", "position"], name="one_signature_per_position"),)
