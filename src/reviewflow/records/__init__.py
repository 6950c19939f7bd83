"""The ledger's tables: a Django application without pages. State changes are rows; rows that prove something stay.

Importing it sets Django up, since tables cannot be imported before; ``configuration.connect`` names the database.
"""

from reviewflow.records.configuration import prepare_django

prepare_django()
