import { TONE_STYLE } from "./tones.js";

/**
 * The style of all charts, in a page and in files of their own. One accent; verdicts are a bluish green and a vermilion,
 * which people who do not tell red from green do tell apart (Okabe and Ito 2008), and have shapes besides.
 */
export const CHART_STYLE: string = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--faint:#d5dae0;--wash:#f4f6f8;--accent:#0b5cad;--pass:#00674f;--fail:#b03a00;--open:#6b5200}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e6e9ed;--soft:#a3adb8;--faint:#363e48;--wash:#1c2229;--accent:#6cb2ff;--pass:#4fd1ae;--fail:#ff9060;--open:#e3c04f}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--faint:#ccc;--wash:#fff;--accent:#0b5cad;--pass:#00674f;--fail:#b03a00;--open:#6b5200}}
.chart{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;color:var(--ink)}
.chart text{fill:var(--soft)}
.chart .strong{fill:var(--ink);font-weight:600}
.chart .end{text-anchor:end}
.chart .mid{text-anchor:middle}
.chart .paper{fill:var(--paper)}
.chart .grid{stroke:var(--faint);fill:none;shape-rendering:crispEdges}
.chart .axis{stroke:var(--soft);fill:none;shape-rendering:crispEdges}
.chart .line{stroke:var(--accent);stroke-width:1.5;fill:none;stroke-linejoin:round}
.chart .band{fill:var(--accent);fill-opacity:.2;stroke:none}
.chart .bars{fill:var(--accent);fill-opacity:.55}
.chart .pale{fill-opacity:.25}
.chart .whisker{stroke:var(--accent);stroke-width:1.5;fill:none}
.chart .dot{fill:var(--accent);stroke:var(--paper);stroke-width:1}
.chart .hollow{fill:var(--paper);stroke:var(--accent);stroke-width:1.5}
.chart .mark{stroke:var(--ink);fill:none;shape-rendering:crispEdges}
.chart .spread{fill:var(--ink);fill-opacity:.13}
.chart .event{fill:var(--fail);fill-opacity:.1;stroke:none}
.chart .edge{stroke:var(--fail);stroke-dasharray:2 2;fill:none}
.chart .warm{fill:var(--soft);fill-opacity:.12}
.chart .limit{stroke:var(--fail);stroke-width:1.5;stroke-dasharray:5 3;fill:none}
.chart .limit-text{fill:var(--fail)}
.chart .cell{fill:var(--accent)}
.chart .on-cell{fill:var(--ink)}
.chart .frontier{stroke:var(--ink);stroke-width:2.5;fill:none;stroke-linecap:square}
.chart .piece{stroke:var(--soft);stroke-width:.75}
${TONE_STYLE}
.chart .on-white{fill:#fff}.chart .on-black{fill:#000}
.chart .box{fill:var(--wash);stroke:var(--soft)}
.chart .bare{fill:none}
.chart .foreign{stroke-dasharray:4 3}
.chart .link{stroke:var(--soft);fill:none}
.chart .back{stroke-dasharray:4 3}
.chart .tip{fill:var(--soft);stroke:none}
.chart .pass{fill:var(--pass)}.chart .fail{fill:var(--fail)}.chart .inconclusive{fill:var(--open)}
.chart .on-verdict{stroke:var(--paper);stroke-width:1.8;fill:none}
.chart .rod{stroke-width:2;fill:none}.chart .rod.pass{stroke:var(--pass)}.chart .rod.fail{stroke:var(--fail)}.chart .rod.inconclusive{stroke:var(--open)}
`;

/**
 * The same for programs that know neither variables nor media: in light colours, with the font that they take for `sans-serif`.
 */
export const PLAIN_CHART_STYLE: string = plainStyle(CHART_STYLE);

function plainStyle(style: string): string {
  const [light = "", colours = ""] = /:root\{([^}]*)\}/.exec(style) ?? [];
  const valueOf = new Map([...colours.matchAll(/--(\w+):([^;]+)/g)].map(([, name, value]) => [name, value]));
  return style
    .replace(light, "")
    .replaceAll(/^@media.*\n/gm, "")
    .replaceAll(/var\(--(\w+)\)/g, (_, name: string) => valueOf.get(name) ?? "")
    .replace(/font:11px[^;]*;/, "font-size:11px;font-family:sans-serif;");
}
