"""Published links: what people decide counts for whoever looks next; no token can be made up."""

import hashlib
import math
import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from itsdangerous import URLSafeSerializer

from media.errors import InvalidRequest, InvalidSetting, UnknownJob
from resources.deployments import Deployment, settings_from_environment
from resources.link_secrets import FILE, link_secrets
from resources.published_links import (
    MIN_DAYS,
    EndedLink,
    PublishedLinks,
    UnknownLink,
    WithdrawnLink,
)
from resources.published_pictures import PublishedPicture, PublishedPictures
from resources.settings import Settings
from tests.resources.shown_designs import ask, decide, picture_key, show_designs
from tests.resources.table_rows import job_id

JOB, OTHER = job_id(1), job_id(2)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def pictures(anywhere: Deployment) -> list[str]:
    """The keys of the pictures of a design job, of which nothing was decided."""
    return show_designs(anywhere, JOB, [b"one", b"two", b"three"])


@pytest.fixture
def links_at(deployment: Deployment) -> Callable[..., PublishedLinks]:
    """The links of an installation as they are at a moment, two jobs in it."""
    for job in (JOB, OTHER):
        show_designs(deployment, job, [b"one"])
    shown = PublishedPictures(
        deployment.store, deployment.tables, deployment.reviews, deployment.reports
    )

    def at(moment: datetime = NOW, **changes: object) -> PublishedLinks:
        settings = Settings(**{**deployment.settings.model_dump(), **changes})
        return PublishedLinks(settings, deployment.store, shown, lambda: moment)

    return at


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


def shown(deployment: Deployment, job: str = JOB) -> list[str]:
    return [picture.key for picture in deployment.published_links.pictures(job)]


def test_only_what_is_approved_is_shown_and_only_while_it_is(
    anywhere: Deployment, pictures: list[str]
) -> None:
    assert shown(anywhere) == []
    decide(anywhere, "approved", pictures[2], pictures[0])
    assert shown(anywhere) == [pictures[0], pictures[2]]
    decide(anywhere, "rejected", pictures[0])
    assert shown(anywhere) == [pictures[2]]
    anywhere.reports.report(pictures[2], "not for children")
    assert shown(anywhere) == []
    anywhere.reports.withdraw(pictures[2])
    decide(anywhere, "undecided", pictures[0])
    assert shown(anywhere) == [pictures[2]]


def test_one_picture_is_found_by_its_id_under_the_same_rule(
    anywhere: Deployment, pictures: list[str]
) -> None:
    decide(anywhere, "approved", *pictures)
    links = anywhere.published_links
    first, second, third = links.pictures(JOB)
    assert links.picture(JOB, second.id) == second
    decide(anywhere, "rejected", first.key)
    anywhere.reports.report(third.key, "not for children")
    assert links.picture(JOB, second.id) == second
    for gone in (first.id, third.id, "0", ""):
        assert links.picture(JOB, gone) is None
    assert links.picture(OTHER, second.id) is None


def test_a_picture_says_what_it_is(anywhere: Deployment) -> None:
    show_designs(anywhere, JOB, [b"one"], "Summer/Été 'red'.v2.txt", (768, 1024))
    decide(anywhere, "approved", picture_key(JOB, 1))
    [picture] = anywhere.published_links.pictures(JOB)
    assert (picture.item, picture.filename, picture.name) == (
        "0001",
        "Été 'red'.v2.txt",
        "design-1",
    )
    assert (picture.width_px, picture.height_px, picture.bytes) == (768, 1024, 3)
    assert picture.download_name == "Été 'red'.v2-design-1.webp"


def test_a_job_sent_in_words_has_no_name_of_a_file() -> None:
    words = PublishedPicture("0001", "parameters.json", "design-1", "a/b.png", 1, 1, 1, "png")
    assert (words.title, words.download_name) == ("", "design-1.png")


def test_a_link_says_its_job_who_published_it_and_its_end(
    links_at: Callable[..., PublishedLinks],
) -> None:
    links = links_at()
    made = links.publish(JOB, 2, " Ada \ud800 ")
    assert (made.job, made.by, made.expires_at) == (JOB, "Ada ?", NOW + timedelta(days=2))
    assert links.read(token_of(made.url)) == made
    assert made.url.startswith("http://127.0.0.1:3001/links/")
    there = links_at(public_url="https://pictures.example/shop/").link_to(JOB)
    assert there.startswith("https://pictures.example/shop/links/")
    assert links.read(token_of(there)).expires_at == NOW + timedelta(days=7)


def test_no_token_can_be_made_of_another(links_at: Callable[..., PublishedLinks]) -> None:
    links = links_at()
    made = links.publish(JOB, by="ada")
    token = token_of(made.url)
    letters = string.ascii_letters + string.digits + "-_.=\0é"
    changed = {
        token[:at] + letter + token[at + 1 :] for at in range(len(token)) for letter in "Aa9_."
    }
    changed |= {token[:at] + token[at + 1 :] for at in range(len(token))}
    changed |= {token[:at] for at in range(len(token))} | {token + letter for letter in letters}
    changed -= {token}
    said = set()
    for other in changed:
        try:
            said.add(links.read(other).job + links.read(other).by)
        except UnknownLink:
            continue
    # Of the last letter of a signature some bits mean nothing; the link is the same then.
    assert said <= {JOB + "ada"}
    assert len(changed) > 500
    for other in ("", ".", "a.b", "x" * 10_000, "\ud800", "WzFd.WzFd"):
        with pytest.raises(UnknownLink):
            links.read(other)


def test_a_token_that_the_same_secret_signed_for_something_else_is_no_link(
    links_at: Callable[..., PublishedLinks], deployment: Deployment
) -> None:
    links = links_at()
    [secret] = link_secrets(deployment.settings)
    like_ours = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    signer = URLSafeSerializer(secret, salt="another", signer_kwargs=like_ours)
    other = signer.dumps([JOB, "ada", 2_000_000_000, None])
    with pytest.raises(UnknownLink):
        links.read(str(other))


def test_a_link_works_until_its_end_and_not_longer(
    links_at: Callable[..., PublishedLinks],
) -> None:
    token = token_of(links_at(NOW - timedelta(days=7)).link_to(JOB))
    assert links_at(NOW - timedelta(seconds=1)).read(token).job == JOB
    with pytest.raises(EndedLink, match="21 November 2026, 12:00 UTC"):
        links_at(NOW).read(token)


def test_a_link_lasts_an_hour_to_thirty_days(links_at: Callable[..., PublishedLinks]) -> None:
    links = links_at()
    assert links.publish(JOB, MIN_DAYS).expires_at == NOW + timedelta(hours=1)
    assert links.publish(JOB, 30).expires_at == NOW + timedelta(days=30)
    for days in (0, -1, 0.041, 30.01, math.nan, math.inf):
        with pytest.raises(InvalidRequest, match="1 hour to 30 days"):
            links.publish(JOB, days)


def test_links_are_of_jobs_that_make_pictures_and_of_somebody(
    links_at: Callable[..., PublishedLinks], deployment: Deployment
) -> None:
    links = links_at()
    ask(deployment, job_id(5), "catalogue")
    with pytest.raises(InvalidRequest, match="no pictures"):
        links.link_to(job_id(5))
    for unheard_of in (job_id(9), "", "../../x", JOB.lower()):
        for act in (links.link_to, links.withdraw):
            with pytest.raises(UnknownJob):
                act(unheard_of)
        assert links.pictures(unheard_of) == []
    for nobody in ("", "  ", "x" * 201):
        with pytest.raises(InvalidRequest, match="who publishes"):
            links.link_to(JOB, by=nobody)


def test_withdrawing_ends_the_links_there_are_and_no_others(
    links_at: Callable[..., PublishedLinks],
) -> None:
    before, after, later = (links_at(NOW + timedelta(minutes=minutes)) for minutes in (0, 0, 5))
    old, others = token_of(before.link_to(JOB)), token_of(before.link_to(OTHER))
    after.withdraw(JOB)
    with pytest.raises(WithdrawnLink):
        later.read(old)
    assert later.read(others).job == OTHER
    # Made in the very second in which the others were withdrawn, by a clock that is behind.
    new = token_of(links_at(NOW - timedelta(seconds=3)).link_to(JOB))
    assert later.read(new).job == JOB
    later.withdraw(JOB)
    for token in (old, new):
        with pytest.raises(WithdrawnLink):
            later.read(token)
    assert later.read(token_of(later.link_to(JOB))).job == JOB


def test_the_first_secret_signs_and_all_of_them_count(
    links_at: Callable[..., PublishedLinks],
) -> None:
    old, new = "o" * 16, "n" * 16
    with_old, rotating, with_new = (
        links_at(link_secret=secret) for secret in (old, f"{new}, {old}", new)
    )
    token = token_of(with_old.link_to(JOB))
    assert rotating.read(token).job == JOB
    fresh = token_of(rotating.link_to(JOB))
    assert with_new.read(fresh).job == JOB
    for links, refused in ((with_new, token), (with_old, fresh)):
        with pytest.raises(UnknownLink):
            links.read(refused)


def test_a_secret_is_made_once_in_the_home_whoever_comes_first(tmp_path: Path) -> None:
    at_once = 8
    barrier = Barrier(at_once)

    def ask_for(home: Path) -> str:
        barrier.wait()
        [secret] = link_secrets(Settings(home=home))
        return secret

    for number in range(20):
        home = tmp_path / f"home-{number}"
        with ThreadPoolExecutor(at_once) as pool:
            found = set(pool.map(ask_for, [home] * at_once))
        assert len(found) == 1
        assert len(found.pop()) >= 64
        assert [path.name for path in home.iterdir()] == [FILE]
        assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_links_are_known_again_by_another_process(
    settings: Settings, deployment: Deployment
) -> None:
    show_designs(deployment, JOB, [b"one"])
    token = token_of(deployment.published_links.link_to(JOB))
    with Deployment(settings) as other:
        assert other.published_links.read(token).job == JOB
    with Deployment(Settings(home=settings.home, store=settings.store_url)) as other:
        (settings.home / FILE).unlink()
        with pytest.raises(UnknownLink):
            other.published_links.read(token)


def test_a_file_without_a_secret_is_said(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / FILE).write_text("\n")
    with pytest.raises(InvalidSetting, match=r"link-secret is empty; remove"):
        link_secrets(settings)


def test_settings_that_would_make_bad_links_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWROOM_LINK_SECRET", f"{'g' * 16},guess-me")
    with pytest.raises(InvalidSetting, match=r"link_secret: .* at least 16") as wrong:
        settings_from_environment()
    assert "guess-me" not in str(wrong.value)
    monkeypatch.delenv("SHOWROOM_LINK_SECRET")
    for url in ("pictures.example", "ftp://a", "http://a b", "http://a?b"):
        monkeypatch.setenv("SHOWROOM_PUBLIC_URL", url)
        with pytest.raises(InvalidSetting, match="public_url"):
            settings_from_environment()
