"""The edge where plan and calendar files become frozen plans.

Pydantic and TOML stop here: everything below this package is `contracts.domain`. Every fault of every file is
found in one pass and names the file, the table and the key.
"""

from contracts.reading.catalogue import Catalogue, read_catalogue
from contracts.reading.faults import PlanFault, PlanFaults

__all__ = ["Catalogue", "PlanFault", "PlanFaults", "read_catalogue"]
