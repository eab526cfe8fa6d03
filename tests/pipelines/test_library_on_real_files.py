"""The library pipeline on real files, where they are at hand."""

import io
from pathlib import Path

from PIL import Image

from media.presets import DEFAULT_PRESETS, IMAGE_PRESETS
from orchestration.once import JobRunner


def test_real_photos_come_out_in_every_default_size(runner: JobRunner, corpus: Path) -> None:
    photos = sorted((corpus / "image" / "real_photo").iterdir())
    job = runner.deployment.submissions.submit("library", photos, {})
    assert runner.run_job(job) == "done"
    details = runner.ledger.job(job)
    assert len(details.items) == len(photos)
    for item in details.items:
        assert item.status == "ready"
        assert tuple(output.name for output in item.outputs) == DEFAULT_PRESETS
        for output in item.outputs:
            picture = Image.open(io.BytesIO(runner.deployment.store.get(output.key)))
            assert picture.size == (output.width_px, output.height_px)
            assert picture.width <= (IMAGE_PRESETS[output.name].width_px or 0)
            assert not picture.getexif()
            assert "icc_profile" not in picture.info
