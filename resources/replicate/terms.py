"""The terms of dealing with Replicate: where it is, how much is asked at a time, how patiently."""

from dataclasses import dataclass, field

from resources.paid_calls import CallRate

CREATIONS_PER_MINUTE = 600
READS_PER_MINUTE = 3000
"""What an account may ask for (replicate.com/docs/topics/predictions/rate-limits, 2026)."""
TRIES = 6
"""How often one thing is asked for in all."""


@dataclass(frozen=True)
class Pace:
    """How long things are waited for, in seconds."""

    gentle_s: float = 2.0
    """Between two looks while an end is not to be expected."""
    brisk_s: float = 0.2
    """Between two looks around the time a model typically takes."""
    patience_s: float = 600.0
    """When a prediction that does not end is stopped."""
    look_again_s: tuple[float, ...] = (1.0, 2.0, 4.0)
    """Before each further look for a prediction that may not be listed yet."""
    upload_s: float = 3600.0
    """How long an uploaded photo is used again. Replicate keeps it for a day; but a prediction
    that was created unseen is looked for among all since the upload."""


@dataclass(frozen=True)
class Terms:
    """What an operator may want to be different; the defaults are Replicate's own."""

    base_url: str = ""
    """Its address, if not Replicate's."""
    webhook_url: str = ""
    """Where Replicate tells that a prediction is over; empty: it is asked."""
    cost_usd: float = 0.0
    """What a picture of the installation's own model costs; 0: as listed."""
    timeout_s: float = 60.0
    """For each step of a request."""
    creations: CallRate = field(default_factory=lambda: CallRate(CREATIONS_PER_MINUTE, TRIES))
    reads: CallRate = field(default_factory=lambda: CallRate(READS_PER_MINUTE, TRIES))
    """Everything but creating predictions."""
    pace: Pace = Pace()
