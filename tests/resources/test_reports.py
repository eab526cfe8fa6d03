"""Reports: kept for the picture they name, side by side, until they are withdrawn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from media import keys
from media.errors import InvalidRequest
from resources.deployments import Deployment
from resources.reports import MAX_WHY, Reports

JOB = "01K0000000000000000000000A"
KEY = keys.output("design", JOB, "0001", "design-1~0a1b", "webp")
OTHER = keys.output("design", JOB, "0001", "design-2~0c1d", "webp")


@pytest.fixture
def reports(anywhere: Deployment) -> Reports:
    for key in (KEY, OTHER):
        anywhere.store.put(key, b"a picture")
    return Reports(anywhere.store)


def test_a_report_comes_back_as_it_was_made(reports: Reports) -> None:
    before = datetime.now(UTC)
    made = reports.report(KEY, "  shows a person, été ", owner="ada")
    (report,) = reports.of(KEY)
    assert (report.id, report.key, report.owner) == (made, KEY, "ada")
    assert report.why == "shows a person, été"
    assert before <= report.at <= datetime.now(UTC)
    assert reports.of(OTHER) == []


def test_a_reason_with_half_a_character_is_kept(reports: Reports) -> None:
    reports.report(KEY, "cut \ud83d here")
    assert reports.of(KEY)[0].why == "cut ? here"


def test_all_reports_come_by_picture_the_oldest_first(reports: Reports) -> None:
    assert reports.reported() == {}
    first = reports.report(KEY, "first")
    other = reports.report(OTHER, "other")
    second = reports.report(KEY, "second")
    found = reports.reported()
    assert {key: [report.id for report in found[key]] for key in found} == {
        KEY: sorted([first, second]),
        OTHER: [other],
    }
    assert reports.of(KEY) == found[KEY]
    assert found[KEY][0].owner == "local"


def test_reports_at_the_same_moment_are_all_kept(reports: Reports) -> None:
    together = Barrier(8)

    def report(number: int) -> str:
        together.wait(timeout=30)
        return reports.report(KEY, f"reason {number}", owner="the same")

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(report, range(8)))
    found = reports.of(KEY)
    assert {report.id for report in found} == made
    assert {report.why for report in found} == {f"reason {number}" for number in range(8)}


def test_what_is_withdrawn_is_gone_and_others_stay(reports: Reports) -> None:
    reports.report(KEY, "one")
    reports.report(KEY, "two")
    reports.report(OTHER, "three")
    assert reports.withdraw(KEY) == 2
    assert reports.of(KEY) == []
    assert list(reports.reported()) == [OTHER]
    assert reports.withdraw(KEY) == 0
    reports.report(KEY, "again")
    assert [report.why for report in reports.of(KEY)] == ["again"]


@pytest.mark.parametrize("why", ["", "  \n\t", "x" * (MAX_WHY + 1)])
def test_a_reason_has_to_be_there_and_not_too_long(reports: Reports, why: str) -> None:
    with pytest.raises(InvalidRequest):
        reports.report(KEY, why)
    assert reports.reported() == {}


def test_the_longest_reason_is_taken(reports: Reports) -> None:
    reports.report(KEY, "x" * MAX_WHY)
    assert len(reports.of(KEY)[0].why) == MAX_WHY


@pytest.mark.parametrize(
    "key",
    [
        KEY + "x",
        "",
        "outputs/",
        "outputs",
        f"/{KEY}",
        KEY.replace("design/", "design//", 1),
        KEY.replace("design/", "../outputs/design/", 1),
        "originals/ab/abc.png",
        "outputs/\x00",
        "outputs/caf\u00e9/\ud800",
        "outputs/" + "x/" * 2000 + "y",
        "outputs/" + "x" * 300,
    ],
)
def test_only_stored_outputs_can_be_reported(
    reports: Reports, anywhere: Deployment, key: str
) -> None:
    anywhere.store.put("originals/ab/abc.png", b"an original")
    with pytest.raises(InvalidRequest, match="output"):
        reports.report(key, "a reason")
    assert reports.reported() == {}


def test_a_file_that_is_no_report_hides_none(reports: Reports, anywhere: Deployment) -> None:
    reports.report(KEY, "a reason")
    anywhere.store.put(keys.report(KEY, "zz-stray"), b"not a report")
    assert [report.why for report in reports.of(KEY)] == ["a reason"]
