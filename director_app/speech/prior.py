"""Between what a sound check has kept and what the calibration begins with. Files hold lists."""

import numpy as np

from director_app.session.manifest import PriorPart
from director_app.speech.calibration import BLEED_RANGE_DB, Calibration


def calibration_of(part: PriorPart | None) -> Calibration | None:
    """What a show begins with; None: nothing is known beforehand."""
    if part is None:
        return None
    bleed_db = np.clip(np.array(part.bleed_db, np.float64), *BLEED_RANGE_DB)
    return Calibration(np.array(part.offsets_db, np.float64), bleed_db, np.array(part.own_db, np.float64))
