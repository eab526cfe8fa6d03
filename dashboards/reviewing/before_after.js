// Two pictures of one size, one over the other, and a handle between them.

const STEP = 2, LEAP = 10;
const MOVES = {
  ArrowLeft: (at) => at - STEP, ArrowDown: (at) => at - STEP,
  ArrowRight: (at) => at + STEP, ArrowUp: (at) => at + STEP,
  PageDown: (at) => at - LEAP, PageUp: (at) => at + LEAP,
  Home: () => 0, End: () => 100,
};

export default function ({ parentElement, data }) {
  const find = (selector) => parentElement.querySelector(selector);
  const frame = find(".frame"), handle = find(".handle");
  const left = find(".side.left"), right = find(".side.right");

  frame.style.setProperty("--ratio", String(data.ratio));
  const fill = (image, source, alt) => {
    if (image.src !== source) image.src = source;
    image.alt = alt;
  };
  fill(find(".before"), data.before, data.before_alt);
  fill(find(".after"), data.after, data.after_alt);
  left.textContent = data.before_label;
  right.textContent = data.after_label;
  handle.setAttribute("aria-label", data.handle_label);

  const show = (at) => {
    const part = Math.min(100, Math.max(0, at));
    frame.dataset.at = String(part);
    frame.style.setProperty("--at", `${part}%`);
    handle.setAttribute("aria-valuenow", String(Math.round(part)));
    // A label over nothing of its own picture would be wrong about it.
    left.style.opacity = part < 12 ? "0" : "1";
    right.style.opacity = part > 88 ? "0" : "1";
  };
  // Where somebody left the handle it stays when the next picture comes.
  show(Number(frame.dataset.at ?? 50));

  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * 100;
  };
  frame.onpointerdown = (event) => {
    if (event.button !== 0) return;
    frame.setPointerCapture(event.pointerId);
    frame.classList.toggle("settling", event.pointerType === "mouse");
    show(at(event));
  };
  frame.onpointermove = (event) => {
    if (!frame.hasPointerCapture(event.pointerId)) return;
    frame.classList.remove("settling");
    show(at(event));
  };
  handle.onkeydown = (event) => {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The same keys turn the page's pictures; the handle has them while it has the focus.
    event.stopPropagation();
    show(move(Number(frame.dataset.at)));
  };
}
