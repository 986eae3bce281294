/** The style of the documentation: system fonts, nothing fetched from anywhere, and fit to be printed. */
export const docsStyle = `
:root { --ink: #1d2329; --soft: #5b6670; --line: #dde2e6; --calm: #1f5f8b; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1100px; padding: 16px 24px 48px; color: var(--ink); background: #fff; font: 15px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }
h1 { font-size: 24px; } h2 { font-size: 20px; margin-top: 36px; } h3 { font-size: 16px; margin: 28px 0 6px; overflow-wrap: anywhere; } h4 { font-size: 14px; margin: 14px 0 4px; color: var(--soft); }
a { color: var(--calm); }
a:focus { outline: 3px solid #ffbf47; outline-offset: 2px; }
code, pre { font: 13px/1.5 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
td code { overflow-wrap: break-word; }
pre { white-space: pre-wrap; background: #f4f6f7; border: 1px solid var(--line); padding: 10px 12px; margin: 6px 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 6px 0; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px; border: 1px solid var(--line); }
th { background: #fafbfc; font-weight: 600; white-space: nowrap; }
tr.choice td { background: #f4f6f7; font-weight: 600; }
section { border-top: 1px solid var(--line); }
.method { display: inline-block; min-width: 4.5em; padding: 0 8px; background: var(--calm); color: #fff; font: 13px/1.7 ui-monospace, Consolas, monospace; text-align: center; }
.nowrap { white-space: nowrap; }
.soft { color: var(--soft); }
nav ul { columns: 2; padding-left: 1.2em; }
nav li { overflow-wrap: anywhere; break-inside: avoid; }
@media (max-width: 640px) { body { padding: 12px 14px 40px; } nav ul { columns: 1; } .wide thead { display: none; } .wide table, .wide tbody, .wide tr { display: block; } .wide tr { border-bottom: 1px solid var(--line); padding: 5px 0; } .wide td { display: block; border: 0; padding: 1px 0; } .wide td:empty, br.apart { display: none; }
  .wide td:first-child, .codes td:nth-child(2), .routes td:nth-child(2) { display: inline; padding-right: 8px; font-weight: 600; }
  .wide td::before { color: var(--soft); }
  .parameters td:nth-child(2)::before { content: '位置 '; } .parameters td:nth-child(3)::before, .members td:nth-child(2)::before { content: '类型 '; } .parameters td:nth-child(4)::before, .members td:nth-child(3)::before { content: '必填 '; }
  .codes td:nth-child(4)::before { content: '由谁处理 '; } .codes td:nth-child(5)::before { content: '下一步 '; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } a { color: inherit; } .method { color: #000; background: none; border: 1px solid #000; } section, tr, pre { break-inside: avoid; } }
`

/** A page of the documentation may have that one style from here, and nothing else. */
export const docsPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
