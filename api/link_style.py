"""How the pages behind published links look, in light and in dark, from phones to wide screens."""

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #faf9f7; --card: #ffffff; --ink: #1d1c1a; --soft: #6b6862; --line: #e5e2dc;
  --frame: #f1efeb; --accent: #1f5fbf; --check-a: #ffffff; --check-b: #e9e7e2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #141413; --card: #1e1e1d; --ink: #f0eee9; --soft: #a19d95; --line: #33322f;
    --frame: #262624; --accent: #8ab8ff; --check-a: #8d8b87; --check-b: #807e7a;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { max-width: 1240px; margin: 0 auto; padding: clamp(20px, 4vw, 48px) clamp(16px, 3vw, 32px); }
h1 { font-size: clamp(1.6rem, 4vw, 2.2rem); line-height: 1.2; letter-spacing: -0.02em; }
main > p {
  color: var(--soft); margin-top: 6px; max-width: 75ch; text-wrap: pretty; overflow-wrap: anywhere;
}
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.gallery {
  display: grid; gap: 24px; margin-top: 32px;
  grid-template-columns: repeat(auto-fill, minmax(min(270px, 100%), 1fr));
}
.few { grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); }
.few figure { max-width: 760px; }
figure {
  background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden;
  display: flex; flex-direction: column; min-width: 0;
}
.picture { display: block; position: relative; aspect-ratio: 4 / 3; background: var(--frame); }
.picture:focus-visible { outline-offset: -2px; }
.picture img {
  position: absolute; inset: 0; margin: auto; width: auto; height: auto;
  max-width: 100%; max-height: 100%; color: var(--soft); font-size: 14px;
  background: repeating-conic-gradient(var(--check-a) 0 25%, var(--check-b) 0 50%) 0 0 / 18px 18px;
}
figcaption { padding: 14px 16px 12px; }
h2 { font-size: 1rem; font-weight: 600; line-height: 1.35; overflow-wrap: anywhere; }
.caption { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; margin-top: 8px; }
li {
  display: flex; justify-content: space-between; align-items: baseline; gap: 12px;
  border-top: 1px solid var(--line); padding: 7px 0; font-size: 0.875rem;
}
.size { min-width: 0; overflow-wrap: anywhere; }
small { color: var(--soft); font-size: 0.8125rem; display: block; }
li a { font-weight: 600; text-decoration: none; flex: none; }
li a:hover { text-decoration: underline; }
.empty {
  margin-top: 32px; padding: 56px 24px; border: 1px dashed var(--line); border-radius: 14px;
  text-align: center; background: var(--card);
}
.empty h2 { font-size: 1.15rem; }
.empty p { color: var(--soft); max-width: 46ch; margin: 8px auto 0; }
"""
