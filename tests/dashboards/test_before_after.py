"""The review page's own components, in a real browser: the slider, the strip, and the keys."""

import base64
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from dashboards.pictures import Thumb, strip_data
from dashboards.reviewing.before_after import slider_data
from resources.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest_plugins = ("tests.dashboards.browser",)

APP = PROJECT_ROOT / "dashboards"
_MOUNT = """
([html, css, source, data]) => {
  const root = document.createElement("div");
  root.id = "root";
  root.innerHTML = `<style>${css}</style>${html}`;
  document.body.append(root);
  window.turned = [];
  document.addEventListener("keydown", (event) => window.turned.push(event.key));
  window.picked = [];
  return import(source).then((module) => {
    window.draw = (data) => module.default({
      parentElement: root, data, setTriggerValue: (name, value) => window.picked.push(value),
    });
    window.draw(data);
  });
}
"""


def webp(color: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (60, 40), color).save(buffer, "WEBP")
    return buffer.getvalue()


def mount(page: "Page", script: Path, data: object, html: str = "") -> None:
    """Draw a component as Streamlit does, with nothing else on the page."""
    page.set_content("<main style='width: 600px'></main>")
    parts = [script.with_suffix(suffix) for suffix in (".html", ".css")]
    texts = [path.read_text("utf-8") if path.exists() else "" for path in parts]
    code = base64.b64encode(script.read_bytes()).decode()
    source = f"data:text/javascript;base64,{code}"
    page.evaluate(_MOUNT, [html or texts[0], texts[1], source, data])


@pytest.fixture
def slider(page: "Page") -> "Page":
    mount(
        page,
        APP / "reviewing" / "before_after.js",
        slider_data(webp("red"), webp("blue"), (60, 40), "The room"),
    )
    return page


def at(page: "Page") -> int:
    return int(page.get_by_role("slider").get_attribute("aria-valuenow") or -1)


def test_the_slider_begins_in_the_middle_and_says_what_it_shows(slider: "Page") -> None:
    assert at(slider) == 50
    assert slider.get_by_alt_text("The room, as it was photographed").count() == 1
    assert slider.get_by_alt_text("The room, as it was made").count() == 1


def test_dragging_uncovers_the_photo_before(slider: "Page") -> None:
    box = slider.locator(".frame").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 4
    slider.mouse.move(box["x"] + box["width"] * 0.5, y)
    slider.mouse.down()
    slider.mouse.move(box["x"] + box["width"] * 0.8, y, steps=3)
    slider.mouse.up()
    slider.mouse.move(box["x"] + box["width"] * 0.1, y)
    assert at(slider) == 80
    clip = slider.locator(".before").evaluate("image => getComputedStyle(image).clipPath")
    assert "20%" in clip


def test_arrows_move_the_handle_and_do_not_turn_the_page(slider: "Page") -> None:
    slider.get_by_role("slider").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "PageDown"):
        slider.keyboard.press(key)
    assert at(slider) == 90
    slider.keyboard.press("a")
    assert slider.evaluate("window.turned") == ["a"]


def test_the_handle_stays_where_it_was_for_the_next_picture(slider: "Page") -> None:
    slider.get_by_role("slider").focus()
    slider.keyboard.press("Home")
    data = slider_data(webp("red"), webp("green"), (40, 60), "Another room")
    slider.evaluate("data => window.draw(data)", data)
    assert at(slider) == 0
    assert slider.get_by_alt_text("Another room, as it was made").count() == 1


def test_a_click_on_the_strip_tells_which_picture(page: "Page") -> None:
    thumbs = [
        Thumb("Modern 1", "Modern 1: approved", webp("red"), "approved"),
        Thumb("<b>Modern</b>", "Modern 2: undecided", None, is_favourite=True),
    ]
    data = strip_data(thumbs, 0, "Pictures of this file", is_wall=False)
    mount(page, APP / "thumb_strip.js", data, '<div class="strip" role="group"></div>')
    assert page.locator("button[aria-current=true]").inner_text().endswith("Modern 1")
    # Names come from strangers and are text, never markup.
    assert page.locator("b").count() == 0
    page.get_by_title("Modern 2: undecided").click()
    assert page.evaluate("window.picked") == [1]


def test_n_leads_to_the_note_and_escape_back_so_that_letters_are_keys_again(page: "Page") -> None:
    parts = """
        <div class="st-key-review-note"><textarea></textarea></div>
        <div class="st-key-review-next"><button onclick="this.textContent += 'x'"></button></div>
    """
    mount(page, APP / "reviewing" / "keys.js", None, parts)
    page.keyboard.press("n")
    page.keyboard.type("k no")
    assert page.locator("textarea").input_value() == "k no"
    assert page.locator("button").inner_text() == ""
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.tagName == 'BODY'")
    page.keyboard.press("k")
    assert page.locator("button").inner_text() == "x"
