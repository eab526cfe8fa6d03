"""How jobs look: styles for the list's cards and for one job's steps, in light and dark alike.

Colours are of one middle lightness, and greys are mixed from the colour of the text, so that
both themes need no further rules.
"""

_COLORS = """
  .green {--tone: #4c9a6a} .blue {--tone: #3f88b8} .red {--tone: #cf5b52}
  .orange {--tone: #c98a3c} .gray {--tone: #8a8a86}
"""

BADGE = '<span class="badge {color}">{icon}{name}</span>'
"""A state: `color` is one of a badge's colours, `icon` HTML."""

_SHARED = (
    _COLORS
    + """
  .glyph {font-family: "Material Symbols Rounded"; font-style: normal; font-size: 1.15em;
    line-height: 1; font-feature-settings: "liga"; overflow: hidden; display: inline-block;
    width: 1em; height: 1em; white-space: nowrap;}
  .badge {display: inline-flex; align-items: center; gap: .3rem;
    padding: .12rem .55rem .12rem .4rem; border-radius: 1rem; font-size: .8rem; font-weight: 550;
    white-space: nowrap; color: color-mix(in srgb, var(--tone) 82%, currentColor);
    background: color-mix(in srgb, var(--tone) 15%, transparent);}
  .soft {opacity: .65}
  .bar {display: block; height: .3rem; border-radius: .3rem; margin-top: .35rem; overflow: hidden;
    background: color-mix(in srgb, currentColor 12%, transparent);}
  .bar i {display: block; height: 100%; border-radius: inherit; background: #3f88b8;}
"""
)

LIST_LOOK = (
    "<style>"
    + _SHARED
    + """
  [class*="st-key-jobcard-"] {position: relative; border-radius: .6rem; padding: .75rem 1rem;
    border: 1px solid color-mix(in srgb, currentColor 13%, transparent);
    transition: border-color .12s, background .12s;}
  [class*="st-key-jobcard-"]:hover {border-color: color-mix(in srgb, currentColor 35%, transparent);
    background: color-mix(in srgb, currentColor 3%, transparent);}
  [class*="st-key-jobcard-"] [data-testid="stPageLink"] {position: absolute; inset: 0; z-index: 1;}
  [class*="st-key-jobcard-"] [data-testid="stElementContainer"]:has([data-testid="stPageLink"]) {
    position: absolute; inset: 0; z-index: 1;}
  [class*="st-key-jobcard-"] a {position: absolute; inset: 0; opacity: 0; margin: 0;}
  [class*="st-key-jobcard-"]:has(a:focus-visible) {outline: 2px solid #3f88b8; outline-offset: 1px;}
  .job {display: grid; align-items: center; column-gap: 1rem; font-size: .9rem; line-height: 1.35;
    grid-template-columns: 1.6rem minmax(0, 1fr) 6.2rem minmax(0, 12.5rem) 3.2rem 5.4rem;}
  .job .kind {font-size: 1.3rem; opacity: .55; line-height: 1;}
  .job .what {min-width: 0;}
  .job .what b, .job .what small {display: block; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap;}
  .job .what b {font-weight: 600;} .job small {opacity: .65; font-size: .82rem;}
  .job .made {font-size: .85rem; font-variant-numeric: tabular-nums;}
  .job em {font-style: normal; font-weight: 550;}
  .job em.refused {color: #b9792b;} .job em.failed {color: #cf5b52;}
  .job .cost, .job .when {text-align: right; font-size: .85rem; opacity: .75;
    font-variant-numeric: tabular-nums; white-space: nowrap;}
  @media (max-width: 760px) {
    .job {grid-template-columns: 1.6rem minmax(0, 1fr) auto; row-gap: .35rem;}
    .job .state {grid-column: 3; grid-row: 1; justify-self: end;}
    .job .made {grid-column: 2 / 4; grid-row: 2;}
    .job .cost {grid-column: 3; grid-row: 3;}
    .job .when {grid-column: 2; grid-row: 3; text-align: left;}
    .job .cost:empty {display: none;}
  }
</style>"""
)

DETAIL_LOOK = (
    "<style>"
    + _SHARED
    + """
  .about {display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; align-items: center;
    font-size: .9rem;}
  .about > span {display: inline-flex; align-items: center; gap: .35rem;}
  .about > span:not(:first-child) {opacity: .8;}
  .said {border-left: 3px solid #cf5b52; padding-left: .8rem; margin: 0; overflow-wrap: anywhere;
    white-space: pre-line;}
  .steps {display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem .8rem;
    font-size: .85rem; align-items: baseline;}
  .steps b {font-weight: 500; min-width: 0;}
  .steps .s {opacity: .7; white-space: nowrap; font-variant-numeric: tabular-nums;}
  .steps .bar {grid-column: 1 / 3; margin: 0 0 .55rem;}
  .stHtml dl.facts {display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: .35rem .8rem; font-size: .88rem; margin: 0; padding: 0;}
  .facts dt, .facts dd {margin: 0; padding: 0; overflow-wrap: anywhere;} .facts dt {opacity: .65;}
  .troubles {margin: 0; padding-left: 1.1rem; font-size: .9rem;}
  .troubles li {margin-bottom: .3rem; overflow-wrap: anywhere;} .troubles b {font-weight: 600;}
  .findings {display: grid; grid-template-columns: auto minmax(7rem, 13rem) minmax(0, 1fr);
    gap: .7rem .8rem; font-size: .9rem;}
  .findings > span {overflow-wrap: anywhere;}
  .findings > b, .roles > b {font-weight: 600;} .mark {color: var(--tone); font-size: 1.1rem;}
  .roles {display: grid; grid-template-columns: 2fr 2fr 2fr 3fr; gap: .6rem 1rem;
    font-size: .9rem; overflow-wrap: anywhere;}
  @media (max-width: 760px) {
    .findings {grid-template-columns: auto minmax(0, 1fr); row-gap: .1rem;}
    .findings > b:not(:nth-child(2)), .mark:not(:first-child) {margin-top: .6rem;}
    .findings > span:not(.mark) {grid-column: 2;}
    .roles {grid-template-columns: minmax(0, 1fr); gap: .1rem;}
    .roles > b:not(:first-child) {margin-top: .8rem;}
  }
  .next {margin: .3rem 0 .4rem; font-size: .9rem; padding: .45rem .7rem; border-radius: .4rem;
    background: color-mix(in srgb, currentColor 6%, transparent);}
</style>"""
)


def glyph(icon: str) -> str:
    """A `:material/...:` icon as HTML."""
    name = icon.removeprefix(":material/").removesuffix(":")
    return f'<i class="glyph" aria-hidden="true">{name}</i>'
