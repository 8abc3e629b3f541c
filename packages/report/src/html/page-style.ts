/** The style of the page around the charts; colours are those of `CHART_STYLE`. */
export const PAGE_STYLE = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:1180px;margin:0 auto;padding:0 20px}
header{padding-top:36px}
h1{font-size:15px;font-weight:600;letter-spacing:.01em;color:var(--soft);margin:0 0 10px;overflow-wrap:anywhere}
h2{font-size:21px;line-height:1.3;margin:56px 0 12px;padding-top:12px;border-top:1px solid var(--faint)}
h3{font-size:16px;margin:32px 0 8px;overflow-wrap:anywhere}
h4{font-size:14px;margin:20px 0 2px;color:var(--soft);overflow-wrap:anywhere}
p{max-width:75ch;margin:8px 0}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.note{color:var(--soft);font-size:14px}
.banner{display:flex;gap:16px;align-items:center;margin:0 0 12px;font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
.banner .icon{width:38px;height:38px;flex:none}
.pass{color:var(--pass)}.fail{color:var(--fail)}.inconclusive{color:var(--open)}
.facts{list-style:none;display:flex;flex-wrap:wrap;gap:4px 0;margin:0;padding:0;color:var(--soft)}
.facts li:not(:last-child)::after{content:"·";margin:0 9px}
nav{margin-top:20px;font-size:14px}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0;padding:0}
.verdict{vertical-align:middle;display:inline-flex;align-items:center;gap:6px;font-weight:600;white-space:nowrap}
.icon{width:14px;height:14px;flex:none}
.scroll{overflow-x:auto;margin:12px 0 20px;max-width:100%}
table{border-collapse:collapse;font-size:14px}
caption{text-align:left;font-weight:600;padding:0 0 8px;position:sticky;left:0}
th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--faint);vertical-align:middle;white-space:nowrap}
th:last-child,td:last-child{padding-right:4px}
thead th{font-weight:600;font-size:13px;color:var(--soft);vertical-align:bottom;border-bottom-color:var(--soft)}
tbody th{font-weight:600}
td .long,th .long{display:inline-block;width:max-content;max-width:70ch;white-space:normal;overflow-wrap:anywhere}
thead .long{max-width:36ch}
@media (max-width:600px){td .long,th .long{max-width:36ch}}
th{text-align:left}.right,[data-value]{text-align:right}
td .chart{display:block}
thead button{all:unset;cursor:pointer;font:inherit;color:inherit}
thead button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
.figures{display:grid;gap:20px 28px;align-items:start;margin:12px 0 20px}
.figures.normal{grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr))}
.figures.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,230px),1fr));gap:12px 24px}
.figures.wide{grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr))}
figure{margin:0;min-width:0}
figure .chart{display:block;max-width:100%;height:auto}
figcaption{font-size:13px;line-height:1.4;color:var(--soft);margin-top:4px;overflow-wrap:anywhere}
.drawing{overflow-x:auto;margin:16px 0}
.drawing .chart{display:block;max-width:100%;min-width:var(--least);height:auto}
details{border-top:1px solid var(--faint);padding:2px 0}
details>summary{cursor:pointer;padding:9px 0;overflow-wrap:anywhere}
details.point>summary h3{display:inline;margin:0;font-size:15px}
details.point:last-of-type{border-bottom:1px solid var(--faint)}
details details{border-top:none}
details.component>summary{padding:5px 0}details.component>summary h4{display:inline;margin:0}
summary .verdict{margin-left:10px;font-weight:500;font-size:14px}
.tools{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin:12px 0 16px;font-size:14px}
.tools label{display:flex;gap:8px;align-items:center;white-space:nowrap}
.tools select,.tools button{font:inherit;color:var(--ink);background:var(--wash);border:1px solid var(--faint);border-radius:6px;padding:5px 10px;max-width:100%}
.tools select{flex:0 1 auto;min-width:0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 20px;font-size:14px;margin:12px 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
footer{margin-top:64px;padding-bottom:48px;color:var(--soft);font-size:13px}
@media (max-width:600px){header{padding-top:22px}header,main,footer{padding-left:16px;padding-right:16px}.banner{font-size:26px;gap:12px}.banner .icon{width:30px;height:30px}h2{margin-top:40px}.figures.small .chart{width:100%}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{body{font-size:10.5pt}nav,.tools{display:none}header,main,footer{max-width:none;padding:0}.scroll,.drawing{overflow:visible}figure,tr{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}a{color:inherit;text-decoration:none}table,thead th{font-size:8pt}thead{display:table-row-group}th,td{padding:3px 8px 3px 0}.drawing .chart{min-width:0}td .chart:not(.icon){width:110px}.figures.normal{grid-template-columns:1fr 1fr}.figures.wide{grid-template-columns:1fr 1fr}.figures.small{grid-template-columns:1fr 1fr 1fr}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
