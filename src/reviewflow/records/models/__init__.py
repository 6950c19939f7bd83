"""All tables. Use them as ``from reviewflow.records import models as rows``."""

from reviewflow.records.models.audit import AuditEntry
from reviewflow.records.models.cases import Case, Signature
from reviewflow.records.models.catalogue import CatalogueEntry, EntryRevision, IndexCounter, Publication, WithheldItem
from reviewflow.records.models.documents import Document, DocumentText, Proposal
from reviewflow.records.models.people import ApiToken, RoleGrant, Section, SignIn, User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Case",
    "CatalogueEntry",
    "Document",
    "DocumentText",
    "EntryRevision",
    "IndexCounter",
    "Proposal",
    "Publication",
    "RoleGrant",
    "Section",
    "SignIn",
    "Signature",
    "User",
    "WithheldItem",
]
