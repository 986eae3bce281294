import type { HeadingCode } from './headed.ts'
import type { TableCode } from './table.ts'

type Said = { readonly zh: string; readonly en: string }

/** What each code of this room means, to whoever made the list. */
export const tableWords: Readonly<Record<TableCode | HeadingCode, Said>> = {
  'table-empty': { zh: '表格中没有内容', en: 'there is nothing in the list' },
  'table-too-large': { zh: '文件超过 5 MiB', en: 'the file is larger than 5 MiB' },
  'table-encoding': { zh: '文件既不是 UTF-8 也不是 GBK 编码', en: 'the file is neither UTF-8 nor GBK' },
  'table-old-excel': {
    zh: '旧版 .xls 或设有密码的表格，请去除密码并另存为 .xlsx',
    en: 'an old .xls, or locked by a password: save it as .xlsx without one',
  },
  'table-no-workbook': {
    zh: '不是 .xlsx 表格，或没有可见的工作表',
    en: 'no .xlsx, or one without a visible sheet',
  },
  'table-macros': { zh: '含有宏的表格不予读取，请另存为 .xlsx', en: 'it has macros: save it as .xlsx' },
  'table-external-links': {
    zh: '表格引用了其他文件，请断开链接后再试',
    en: 'it refers to other files: break the links and try again',
  },
  'table-archive-unsafe': {
    zh: '文件的打包方式不被接受，请用表格软件重新另存为 .xlsx',
    en: 'it is packed in a way that is not accepted: save it again as .xlsx',
  },
  'table-archive-damaged': { zh: '文件已损坏', en: 'the file is damaged' },
  'table-unpacked-too-large': { zh: '表格展开后过大', en: 'it unpacks to more than is accepted' },
  'table-xml-unsafe': { zh: '表格内部含有不被接受的 XML', en: 'it holds XML that is not accepted' },
  'table-xml-damaged': { zh: '表格内部结构已损坏', en: 'its inside is damaged' },
  'table-too-many-rows': { zh: '超过 10000 行，请分成几份', en: 'more than 10,000 rows: divide the list' },
  'table-too-many-columns': { zh: '超过 100 列', en: 'more than 100 columns' },
  'table-cell-too-long': { zh: '单元格超过 2000 字', en: 'the cell has more than 2,000 characters' },
  'table-quote': { zh: '引号没有配对', en: 'a quotation mark has no counterpart' },
  'table-control-character': { zh: '单元格中有无法显示的字符', en: 'the cell has characters that cannot be seen' },
  'table-formula-without-value': {
    zh: '公式没有保存计算结果，请将其改为值',
    en: 'a formula without its value: paste it as a value',
  },
  'table-cell-error': { zh: '单元格是错误值', en: 'the cell shows an error' },
  'table-number-imprecise': {
    zh: '数字超过 15 位，表格软件已丢失后几位，请将该列设为文本后重新填写',
    en: 'more than 15 digits, of which the spreadsheet has lost the last: make the column text and type them again',
  },
  'table-date': { zh: '日期超出范围', en: 'the day is out of range' },
  'heading-missing': { zh: '缺少该列', en: 'the column is missing' },
  'heading-unknown': { zh: '没有这样的列', en: 'there is no such column' },
  'heading-repeated': { zh: '该列出现两次', en: 'the column is there twice' },
}
