/**
 * The style of the pages, served from memory. Written for the Chromium 90 of court desktops: no nesting, no `:has()`,
 * no container queries; system fonts, because an intranet has no others.
 */
export const style = `
:root {
  --ink: #1d2329;
  --soft: #5b6670;
  --line: #dde2e6;
  --paper: #ffffff;
  --ground: #f4f6f7;
  --seal: #8c1d18;
  --calm: #1f5f8b;
  --good: #1c6b45;
  --wait: #8a5a00;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
}
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 16px; background: var(--paper); border-bottom: 3px solid var(--seal); padding: 14px max(32px, calc((100% - 1136px) / 2)); }
:lang(en) body { font-family: "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 22px; font-weight: 600; }
h1 a { color: inherit; text-decoration: none; }
header p { margin: 0; color: var(--soft); font-size: 14px; }
main { max-width: 1200px; margin: 24px auto; padding: 0 32px; }
.notice { background: #fff7e6; border-left: 4px solid var(--wait); padding: 10px 16px; margin: 0 0 20px; }
.en { color: var(--soft); font-size: 13px; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--calm); }
summary:focus { outline: 3px solid #ffbf47; outline-offset: 2px; }
.delivery h3 { margin-top: 0; }
.ago { color: var(--soft); font-size: 13px; white-space: nowrap; }
.table::-webkit-scrollbar { height: 12px; background: var(--line); }
.table::-webkit-scrollbar-thumb { background: #7b868f; border: 2px solid var(--line); }
.table { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 12px 16px; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; background: #fafbfc; }
tr:last-child td { border-bottom: 0; }
time, .nowrap { white-space: nowrap; font-variant-numeric: tabular-nums; }
ul { list-style: none; margin: 0; padding: 0; }
li + li { margin-top: 10px; }
ol { margin: 4px 0 0; padding-left: 1.4em; color: var(--soft); font-size: 14px; }
.word { white-space: nowrap; font-weight: 600; color: var(--calm); }
.word.long { white-space: normal; }
.word.done { color: var(--good); }
.word.wait { color: var(--wait); }
.late { color: var(--seal); font-weight: 600; }
a { color: var(--calm); }
a:focus { outline: 3px solid #ffbf47; outline-offset: 2px; }
footer { max-width: 1200px; margin: 0 auto; padding: 8px 32px 32px; color: var(--soft); font-size: 14px; }
.watermark { position: fixed; top: 0; left: 0; width: 100%; height: 100%; pointer-events: none; z-index: 9; }
.watermark text { fill: var(--ink); fill-opacity: 0.07; font-size: 14px; }
.whose { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
header nav { margin-left: auto; }
h2 { font-size: 20px; font-weight: 600; }
h3 { font-size: 17px; font-weight: 600; margin: 28px 0 8px; }
form { max-width: 520px; }
form.inline { display: inline; max-width: none; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
input:not([type=hidden]) { width: 100%; padding: 8px 10px; border: 1px solid #7b868f; font: inherit; background: #fff; color: inherit; }
textarea { width: 100%; padding: 8px 10px; border: 1px solid #7b868f; font: inherit; background: #fff; color: inherit; }
input:focus, select:focus, textarea:focus, button:focus { outline: 3px solid #ffbf47; outline-offset: 1px; }
button, .button { display: inline-block; padding: 8px 22px; border: 0; background: var(--calm); color: #fff; font: inherit; text-decoration: none; cursor: pointer; }
button .en, .button .en { color: #fff; }
button.quiet { background: transparent; color: var(--calm); padding: 2px 8px; border: 1px solid currentColor; }
button.quiet .en { color: inherit; }
p > button, p > .button { margin: 4px 6px 4px 0; }
p > button + button.quiet { margin-left: 20px; }
.alert { border-left: 4px solid var(--seal); background: #fdf1f0; padding: 10px 16px; margin: 0 0 20px; }
.alert p { margin: 2px 0; }
.secret { font: 17px/1.5 ui-monospace, Consolas, monospace; display: inline-block; overflow-wrap: anywhere; background: #fff; padding: 4px 8px; border: 1px solid var(--line); }
.qr { border: 1px solid var(--line); background: #fff; }
dl div { display: flex; gap: 16px; }
dt { flex: 0 0 260px; color: var(--soft); }
dd { margin: 0; }
.papers a { display: inline-block; margin: 3px 16px 3px 0; }
.todo li { border-top: 1px solid var(--line); padding: 9px 0; }
.todo li + li { margin-top: 0; }
.count { display: inline-block; min-width: 1.6em; padding: 0 6px; border-radius: 1em; background: var(--seal); color: #fff; font-size: 14px; text-align: center; }
.count.calm { background: var(--calm); }
.find { margin: 20px 0; }
.find .row input { flex: 3 1 240px; width: auto; }
.find .row button { flex: 0 0 auto; }
h4 { font-size: 16px; margin: 0 0 8px; }
.code { font: 14px/1.5 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
.sum { display: inline-block; font-variant-numeric: tabular-nums; white-space: nowrap; }
dd > .sum:only-child { min-width: 9em; text-align: right; }
th.sums, td.sums { text-align: right; }
td.short { white-space: nowrap; }
.delivery { background: var(--paper); border: 1px solid var(--line); padding: 14px 18px; margin-bottom: 16px; }
.delivery .table { margin-top: 10px; }
.bar { display: block; width: 100%; min-width: 110px; height: 8px; margin-top: 6px; }
.bar.sums { height: 16px; }
.bar .whole { fill: #e3e8ec; }
.bar .gone, .bar .money { fill: var(--calm); }
.bar.late .gone { fill: var(--seal); }
.bar .things { fill: #7fa8c4; }
.bar .asked { fill: #d9a441; }
.bar .most { stroke: var(--seal); stroke-width: 1; }
.beside { display: flex; flex-wrap: wrap; gap: 32px; }
.beside > * { flex: 1 1 380px; }
.field { border-top: 1px solid var(--line); padding: 10px 0; }
.field pre { margin: 4px 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
form.wide { max-width: none; }
fieldset { border: 1px solid var(--line); background: var(--paper); margin: 0 0 16px; padding: 12px 18px; }
fieldset.bare { border: 0; background: none; margin: 0; padding: 0; min-width: 0; }
fieldset { min-width: 0; }
td .code { display: inline-block; min-width: 20ch; }
td .code.brief { min-width: 0; }
.table + form, .table + p, form + .table, ul + form, ul + fieldset { margin-top: 18px; }
td ul { min-width: 12em; }
.objections { margin: 0 0 8px; }
.delivery pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0 0; }
legend { font-weight: 600; padding: 0 6px; }
.tick { position: relative; font-weight: 400; padding: 3px 0 3px 25px; }
.tick input:not([type=hidden]) { position: absolute; left: 0; top: 10px; width: auto; margin: 0 3px; }
.row { display: flex; flex-wrap: wrap; gap: 0 18px; }
.row > * { flex: 1 1 200px; }
select { width: 100%; min-height: 44px; padding: 8px 10px; border: 1px solid #7b868f; font: inherit; background: #fff; color: inherit; }
pre { font: 14px/1.5 ui-monospace, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; }
.bytes { background: var(--paper); border: 1px solid var(--line); padding: 10px 14px; max-height: 420px; overflow: auto; }
.beside { display: flex; flex-wrap: wrap; gap: 0 20px; }
.beside > section { flex: 1 1 340px; min-width: 0; }
.chart { margin: 20px 0; }
.chart svg { display: block; width: 100%; height: 120px; }
.chart .count { fill: var(--calm); }
.chart .reach { fill: transparent; }
.chart a:hover .reach, .chart a:focus .reach { fill: #d5dee5; }
.chart a:focus { outline: none; }
.chart a:focus .count { fill: var(--ink); stroke: var(--ink); stroke-width: 2; }
.chart .ground { stroke: #7b868f; stroke-width: 1; }
.chart li { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 14px; margin: 4px 0; }
.chart li > span:first-child { flex: 0 0 15em; }
.chart svg.line { flex: 1 1 240px; width: auto; height: 16px; background: #e3e8ec; }
.chart svg.key { flex: none; width: 14px; height: 14px; }
.chart .legend { display: flex; flex-wrap: wrap; gap: 0 18px; }
.part0 { fill: var(--calm); }
.part1 { fill: var(--wait); }
.part2 { fill: var(--good); }
.part3 { fill: var(--seal); }
.part4 { fill: #7b868f; }
.delivery + .notice, .table + .notice, section + .notice, form + .notice, .bytes + .notice, .table + .delivery { margin-top: 20px; }
.table + h4, dl + h4, .bytes + h4 { margin-top: 18px; }
.facts li + li { margin-top: 0; }
.ends { display: flex; justify-content: space-between; margin: 2px 0 8px; color: var(--soft); font-size: 14px; font-variant-numeric: tabular-nums; }
.filters p { margin: 0 0 10px; }
.scan { max-width: 100%; border: 1px solid var(--line); background: #fff; }
details { margin: 20px 0; }
.tabs { margin-bottom: 16px; }
.steps { color: inherit; }
.steps li { margin-top: 10px; }
@media (max-width: 640px) {
  header, main, footer { padding-left: 16px; padding-right: 16px; }
  header nav { margin-left: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .table { border: 0; background: none; }
  table, tbody, tr { display: block; }
  tr { background: var(--paper); border: 1px solid var(--line); padding: 8px 0; margin-bottom: 12px; }
  td { display: flex; padding: 3px 16px; border: 0; }
  td.none, .at-desk { display: none; }
  td.sums { text-align: left; }
  td > div, dd { min-width: 0; overflow-wrap: anywhere; }
  .word, .ago, .late, .nowrap { white-space: normal; }
  button.quiet { min-height: 36px; padding: 4px 12px; }
  td::before { content: attr(data-label); flex: 0 0 7.5em; margin-right: 6px; overflow-wrap: anywhere; color: var(--soft); }
  dt { flex-basis: 130px; }
}
@page { size: A4; margin: 14mm 12mm; }
@page wide { size: A4 landscape; margin: 12mm; }
@media print {
  body { background: #fff; font-size: 13px; line-height: 1.45; }
  .notice { border: 1px solid; }
  header nav, nav.tabs, footer p:not(.whose), button, .button, .ago, .at-desk, .on-screen { display: none; }
  header, main, footer { max-width: none; margin-left: 0; margin-right: 0; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; padding-bottom: 6px; }
  main { margin: 10px 0; }
  h3 { margin: 16px 0 6px; font-size: 15px; }
  h2, h3, h4, figcaption { break-after: avoid; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
  th { white-space: normal; }
  th, td { padding: 4px 7px; }
  td ul, td .code { min-width: 0; }
  .code, .en, pre { font-size: 11px; }
  tr, dl div, .chart, .notice, .alert { break-inside: avoid; }
  .bytes { max-height: none; overflow: visible; }
  .record.broad { page: wide; }
  .record form, .record details:not([open]) { display: none; }
}
`
