/** What makes a spreadsheet take a cell for a formula, in ASCII and in the wide forms of a Chinese keyboard. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Keeps a spreadsheet from running what somebody wrote into a name: such a text gets an apostrophe in front, which a
 * spreadsheet takes for "this is text" (OWASP, CSV injection). A text that has apostrophes already gets one more, so that
 * `unguarded` gives back exactly what was guarded.
 */
export function guarded(text: string): string {
  return formula.test(text) ? `'${text}` : text
}

/** Takes away what `guarded` put in front. */
export function unguarded(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text
}
