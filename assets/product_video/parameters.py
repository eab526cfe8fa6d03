"""What a product_video job was asked, per item."""

import json
from collections.abc import Callable

from media.pipelines.product_video import PIPELINE, ProductVideoParameters
from media.requests import JobRequest


def parameters_of(request: JobRequest) -> Callable[[str], ProductVideoParameters]:
    """The parameters of each item of a job; equal ones are worked out once."""
    known: dict[str, ProductVideoParameters] = {}

    def of_item(item: str) -> ProductVideoParameters:
        params = request.params_of(item)
        digest = json.dumps(params, sort_keys=True)
        if digest not in known:
            parsed = PIPELINE.parse(params)
            assert isinstance(parsed, ProductVideoParameters)  # noqa: S101 - what PIPELINE declares
            known[digest] = parsed
        return known[digest]

    return of_item
