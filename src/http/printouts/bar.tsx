/** What stands over a paper while it is on a screen, in the reader's words: the way back, and to print it. Never on paper itself. */
export type Bar = {
  readonly lang: 'zh-CN' | 'en'
  readonly back: { readonly href: string; readonly word: string }
  readonly print: string
  /** Without a script, and always: which keys print. */
  readonly hint: string
}

/** Where `printScript` is served. */
export const printScriptPath = '/print.js'

/** Shows the button, which without a script could do nothing, and lets it print. */
export const printScript = `
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
`

export function ScreenBar({ bar: { lang, back, print, hint } }: { readonly bar: Bar }) {
  return (
    <nav class="bar" lang={lang}>
      <a href={back.href}>{back.word}</a>
      <button type="button" data-print hidden>
        {print}
      </button>
      <span>{hint}</span>
    </nav>
  )
}
