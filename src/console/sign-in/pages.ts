import { html } from 'hono/html'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { alert, type Html, page, tokenField } from '../layout.ts'
import { signInWords as words } from './words.ts'

type Said = Pick<ProblemEntry, 'title' | 'next'>

/** What a sign-in page shows: the token of its form, and what was wrong with the last try. */
export type Entering = { readonly token: string; readonly trouble?: Said | undefined }

export function signInPage({ token, trouble, openid }: Entering & { readonly openid: boolean }): Html {
  const provider = html`<p><a class="button" href="/sign-in/openid">${say(words.openid)}</a></p>`
  return page(
    html`${alert(trouble)}${openid ? provider : ''}
    <form method="post" action="/sign-in">
      ${openid ? html`<h3>${say(words.local)}</h3>` : ''}${tokenField(token)}
      <p><label for="username">${say(words.username)}</label>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required></p>
      <p><label for="password">${say(words.password)}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required></p>
      <p><button type="submit">${say(words.submit)}</button></p>
    </form>`,
    { title: words.title },
  )
}

export function codePage({ token, trouble }: Entering): Html {
  return page(
    html`${alert(trouble)}<form method="post" action="/sign-in/code">${tokenField(token)}
      <p><label for="code">${say(words.code)}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required></p>
      <p><button type="submit">${say(words.go)}</button></p>
    </form>
    <p><a href="/sign-in">${say(words.again)}</a></p>`,
    { title: words.codeTitle },
  )
}

export function changePage({ token, trouble }: Entering): Html {
  return page(
    html`${alert(trouble)}<p>${say(words.changeWhy)}</p>
    <form method="post" action="/sign-in/password">${tokenField(token)}${newPasswordFields()}
      <p><button type="submit">${say(words.change)}</button></p>
    </form>`,
    { title: words.changeTitle },
  )
}

export function newPasswordFields(): Html {
  return html`<p><label for="newPassword">${say(words.newPassword)}</label>
      <input id="newPassword" name="newPassword" type="password" autocomplete="new-password" required></p>
    <p><label for="repeat">${say(words.repeat)}</label>
      <input id="repeat" name="repeat" type="password" autocomplete="new-password" required></p>`
}
