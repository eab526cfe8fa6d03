"""Health: what works in this installation, what does not and what helps."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from dashboards.health_words import FINDINGS, provider_rows, versions
from dashboards.jobs.look import DETAIL_LOOK, glyph
from dashboards.page import heading, opened, plainly
from dashboards.words import age, plural
from resources.health import Finding, examine
from resources.job_desk import JobDesk
from resources.settings_in_force import settings_in_force


def show() -> None:
    """The page."""
    desk, viewer = opened()
    heading("Health", "What works in this installation, what does not, and what helps.")
    st.html(DETAIL_LOOK)
    with st.spinner("Looking at everything, which takes a few seconds …"):
        findings, looked_at = _examined(str(desk.deployment.settings.home), desk)
    _summary(desk, findings, looked_at)
    _findings(findings)
    _providers(desk)
    if viewer.sees_everyone:
        _settings(desk)
    _versions()


@st.cache_data(ttl=3600, max_entries=10, show_spinner=False)
def _examined(home: str, _desk: JobDesk) -> tuple[list[Finding], datetime]:
    """What was found, and when; the same for everybody until somebody looks again."""
    del home
    return examine(_desk.deployment), datetime.now(UTC)


def _summary(desk: JobDesk, findings: list[Finding], looked_at: datetime) -> None:
    bad = [finding for finding in findings if not finding.ok]
    with st.container(horizontal=True, vertical_alignment="center"):
        if bad:
            st.markdown(f"### :red[:material/error:] {plural(len(bad), 'thing')} to mend")
        else:
            st.markdown("### :green[:material/check_circle:] Everything works")
        st.button(
            "Look again",
            icon=":material/refresh:",
            on_click=_examined.clear,
            help=f"Looked at {age(looked_at)}.",
        )
    if desk.runs_by_itself():
        st.success(
            "`showroom up` runs: what is submitted is worked on by itself.",
            icon=":material/play_circle:",
        )
    else:
        st.warning(
            "`showroom up` does not run, so what is submitted waits. Start `showroom up`, or run "
            "what waits once with `showroom run --once`.",
            icon=":material/power_settings_new:",
        )


def _findings(findings: list[Finding]) -> None:
    rows = "".join(_finding(finding) for finding in findings if finding.name != "providers")
    bad_providers = [f for f in findings if f.name == "providers" and not f.ok]
    with st.container(border=True):
        st.html(f'<div class="findings">{rows}{"".join(map(_finding, bad_providers))}</div>')


def _finding(finding: Finding) -> str:
    icon = "check_circle" if finding.ok else "error"
    tone = "green" if finding.ok else "red"
    remedy = ""
    if not finding.ok:
        remedy = f'<p class="next"><b>What helps:</b> {escape(_sentence(finding.remedy))}</p>'
    name = FINDINGS.get(finding.name, finding.name.capitalize())
    return (
        f'<span class="{tone} mark" title="{"works" if finding.ok else "does not work"}">'
        f"{glyph(icon)}</span><b>{escape(name)}</b>"
        f"<span>{escape(finding.found.replace('`', ''))}{remedy}</span>"
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _providers(desk: JobDesk) -> None:
    st.subheader("Who does what", anchor=False)
    with plainly():
        rows = provider_rows(desk.deployment.providers)
        cells = "".join(
            f"<b>{escape(does)}</b><span>{escape(who)}</span>"
            f'<span class="soft">{escape(model)}</span><span class="soft">{escape(why)}</span>'
            for does, who, model, why in rows
        )
        with st.container(border=True):
            st.html(f'<div class="roles">{cells}</div>')


def _settings(desk: JobDesk) -> None:
    st.subheader("Settings in force", anchor=False)
    rows = settings_in_force(desk.deployment.settings)
    changed = [row for row in rows if row.is_changed]
    st.caption(
        f"{plural(len(changed), 'setting differs', 'settings differ')} from what Showroom comes "
        "with. They are environment variables, read when Showroom starts. Secrets are not shown."
    )
    shown = rows if st.toggle("Show all settings", value=not changed) else changed
    st.dataframe(
        {
            "Setting": [row.variable for row in shown],
            "Value": [row.value for row in shown],
            "Changed": [row.is_changed for row in shown],
            "Default": [row.default for row in shown],
            "What it is": [row.description for row in shown],
        },
        hide_index=True,
        column_config={"Changed": st.column_config.CheckboxColumn(width="small")},
    )


def _versions() -> None:
    st.subheader("Versions", anchor=False)
    st.caption(" · ".join(f"{name} {version}" for name, version in versions().items()))


if __name__ == "__main__":
    show()
