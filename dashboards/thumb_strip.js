// Small pictures in a row or on a wall; a click tells the page which one was chosen.

export default function ({ parentElement, data, setTriggerValue }) {
  const strip = parentElement.querySelector(".strip");
  strip.className = data.is_wall ? "strip wall" : "strip";
  strip.setAttribute("aria-label", data.label);
  strip.style.setProperty("--thumb", `${data.thumb_px}px`);
  strip.style.setProperty("--height", `${Math.round(data.thumb_px * 0.72)}px`);
  strip.replaceChildren(...data.thumbs.map((thumb, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = thumb.verdict;
    button.title = thumb.title;
    if (index === data.current) button.setAttribute("aria-current", "true");
    const box = document.createElement("span");
    box.className = "box";
    if (thumb.source) {
      const image = document.createElement("img");
      image.src = thumb.source;
      image.alt = thumb.title;
      box.append(image);
    }
    if (thumb.mark) {
      const mark = document.createElement("span");
      mark.className = "mark";
      mark.textContent = thumb.mark;
      box.append(mark);
    }
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = thumb.name;
    button.append(box, name);
    button.onclick = () => {
      button.blur();
      setTriggerValue("picked", index);
    };
    return button;
  }));
  const current = strip.children[data.current];
  if (current && !data.is_wall) {
    strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.clientWidth) / 2;
  }
}
