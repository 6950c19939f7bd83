"""Explained disclosure proposals for the documents of Chinese government offices.

>>> from reviewflow import propose
>>> propose("data/samples/通知.docx").proposal.status.label          # doctest: +SKIP
'主动公开'
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewflow.pipeline import propose, propose_document, propose_frame
else:

    def __getattr__(name: str) -> object:
        """The front door, opened when somebody comes: ``reviewflow --help`` is not to load numpy and a model's code."""
        if name not in __all__:
            raise AttributeError(f"module 'reviewflow' has no attribute {name!r}")
        from reviewflow import pipeline

        return getattr(pipeline, name)


__all__ = ["propose", "propose_document", "propose_frame"]
__version__ = "0.1.0"
