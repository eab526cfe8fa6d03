// Keys that act at once, without asking the server: to the note and back, and J and K to turn.

const isTyping = (event) => event.composedPath().some((element) =>
  element instanceof HTMLElement
  && (["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) || element.isContentEditable));
const press = (key) => document.querySelector(`.st-key-${key} button:not(:disabled)`)?.click();

export default function () {
  const note = () => document.querySelector(".st-key-review-note textarea");

  const act = (event) => {
    if (document.querySelector("[role=dialog]")) return;
    const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (isDone && event.target === note()) {
      // Leaving the field keeps what is written, and the letters are keys again.
      setTimeout(() => note()?.blur());
      return;
    }
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "n" && note()) {
      event.preventDefault();
      note().focus();
      note().scrollIntoView({ block: "nearest" });
    } else if (key === "j") press("review-back");
    else if (key === "k") press("review-next");
  };

  document.addEventListener("keydown", act);
  return () => document.removeEventListener("keydown", act);
}
