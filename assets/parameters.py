"""What a job was asked, per item, as its pipeline's record."""

import json
from collections.abc import Callable
from typing import TypeVar

from media.pipeline import PipelineParameters, pipeline_named
from media.requests import JobRequest

Parameters = TypeVar("Parameters", bound=PipelineParameters)


def parameters_of(request: JobRequest, record: type[Parameters]) -> Callable[[str], Parameters]:
    """The parameters of each item of a job; equal ones are worked out once.

    `record` is what the job's pipeline declares its parameters to be.
    """
    pipeline = pipeline_named(request.pipeline)
    known: dict[str, Parameters] = {}

    def of_item(item: str) -> Parameters:
        params = request.params_of(item)
        digest = json.dumps(params, sort_keys=True)
        if digest not in known:
            parsed = pipeline.parse(params)
            assert isinstance(parsed, record)  # noqa: S101 - what the pipeline declares
            known[digest] = parsed
        return known[digest]

    return of_item
