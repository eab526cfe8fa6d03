"""A catalogue over a bucket: rows, vectors and index lie there, and searches ask there."""

from pathlib import Path

from media.matching.filters import ProductFilters
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.product_search import ProductQuery
from tests.pipelines.fashion_files import garment, write_shop


def test_a_shop_is_imported_searched_and_changed(
    bucket_deployment: Deployment, tmp_path: Path
) -> None:
    with open_instance(bucket_deployment.settings) as instance:
        runner = JobRunner.over(bucket_deployment, instance)
        submissions = bucket_deployment.submissions
        job = submissions.submit("catalogue", write_shop(tmp_path / "shop"), {})
        assert runner.run_job(job) == "done", runner.ledger.job(job).error
        search = bucket_deployment.fashion.product_search
        query = ProductQuery(image=garment("red", "dress"), same_product=True)
        assert search.search(query).matches[0].product == "p01"
        removal = submissions.submit("catalogue", [], {"remove": "p01"})
        assert runner.run_job(removal) == "done", runner.ledger.job(removal).error
        left = {match.product for match in search.search(query).matches}
        assert left == {"p02", "p03", "p04", "p05", "p06"}
        worded = ProductQuery(text="dress", filters=ProductFilters(categories=("dresses",)))
        assert [match.product for match in search.search(worded).matches] == ["p02"]
    stored = {o.key.split("/")[0] for o in bucket_deployment.store.objects("")}
    assert {"lance", "features", "tables", "originals"} <= stored
