import { createHash } from 'node:crypto'

/**
 * A sheet of A4 as the courts lay their papers out (人民法院民事裁判文书制作规范): the court's name and the title in 宋体 of
 * 二号, the text in 仿宋 of 三号. System fonts, because an intranet has no others; nothing is fetched from anywhere.
 */
export const sheetStyle = `
@page { size: A4; margin: 28mm 25mm 20mm 28mm; @bottom-center { content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 9pt SimSun, STSong, "Noto Serif CJK SC", serif; color: #555; } }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ecee; color: #000; font: 16pt/26pt FangSong, STFangsong, "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", serif; }
.sheet { position: relative; width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 28mm 25mm 20mm 28mm; background: #fff; }
.sheet + .sheet { page-break-before: always; }
h1, h2 { margin: 0; text-align: center; font: 22pt/34pt SimSun, STSong, "Noto Serif CJK SC", "Source Han Serif SC", serif; font-weight: 600; letter-spacing: 1pt; }
h2 { margin-bottom: 8pt; }
.number { margin: 0 0 8pt; text-align: right; }
p { margin: 0; text-indent: 2em; overflow-wrap: anywhere; orphans: 2; widows: 2; }
p.head { break-after: avoid; page-break-after: avoid; }
p.to { text-indent: 0; }
p.small { font-size: 10.5pt; line-height: 16pt; }
.foot { font-size: 9pt; line-height: 14pt; }
table { width: calc(100% - 1px); margin: 8pt 0; border-collapse: collapse; font-size: 10.5pt; line-height: 17pt; }
th, td { padding: 4pt 6pt; border: 1px solid #000; text-align: left; vertical-align: top; overflow-wrap: break-word; font-weight: 400; }
tbody td:first-child { min-width: 3em; }
tbody td:last-child { min-width: 6em; }
tr { break-inside: avoid; page-break-inside: avoid; }
th { white-space: nowrap; }
.blank { height: 28pt; }
.signed { margin-top: 14pt; padding-right: 2em; text-align: right; page-break-inside: avoid; break-before: avoid; page-break-before: avoid; }
.signed p { text-indent: 0; }
.dense { font-size: 12pt; line-height: 20pt; }
.dense table { font-size: 9pt; line-height: 13pt; }
.dense th, .dense td { padding: 2pt 4pt; }
.dense tbody td:last-child { min-width: 3em; }
@page tight { size: A4; margin: 12mm 18mm 10mm 20mm; }
.tight { page: tight; padding: 12mm 18mm 10mm 20mm; font-size: 11pt; line-height: 14pt; }
.tight h1, .tight h2 { font-size: 16pt; line-height: 20pt; }
.tight h2, .tight .number { margin-bottom: 3pt; }
.tight table { margin: 2pt 0 3pt; }
.tight th, .tight td { padding: 0 4pt 1pt; line-height: 12pt; }
.tight .write th, .tight .write td { height: 17pt; vertical-align: middle; }
.tight .write .blank { height: 44pt; }
.tight .small { margin-top: 4pt; font-size: 9pt; line-height: 13pt; }
.tight .foot { margin-top: 4pt; font-size: 9pt; line-height: 12pt; }
.code { float: right; margin: 0 0 6pt 8pt; }
.code + table { clear: none; width: calc(100% - 120pt); }
.foot { margin-top: 8pt; break-before: avoid; page-break-before: avoid; border-top: 1px solid #999; color: #555; }
.foot p { text-indent: 0; }
nav.bar { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 16px; min-height: 48px; padding: 8px 16px; background: #fff; border-bottom: 1px solid #b9c0c5; font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
nav.bar a, nav.bar button { padding: 4px 14px; border: 1px solid #1d4f7c; border-radius: 4px; background: #fff; color: #1d4f7c; font: inherit; text-decoration: none; cursor: pointer; }
nav.bar [hidden] { display: none; }
nav.bar span { color: #555; }
@media print { nav.bar { display: none; } body { background: #fff; } .sheet { width: auto; min-height: 0; margin: 0; padding: 0; } }
`

const digest = createHash('sha256').update(sheetStyle).digest('base64')

/** The page may have this one style and nothing else: no script, no picture, nothing from anywhere. */
export const sheetPolicy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** The same on a screen, with the one file of ours that prints it. */
export const screenPolicy = `${sheetPolicy}; script-src 'self'`
