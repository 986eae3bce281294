/** A word of the court (措施, 文书, 状态 …) in the language of the page; the papers and the API say it in Chinese always. */
export function term(zh: string): string {
  return zh
}
