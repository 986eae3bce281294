import type { Context, Hono } from 'hono'
import { type Bar, printScript, printScriptPath } from '../http/printouts/bar.tsx'
import { screenPolicy } from '../http/printouts/style.ts'
import { language, say } from './language.ts'

/** The bar over a paper on a screen, which leads back to where the paper belongs. */
export function printBar(href: string): Bar {
  return {
    lang: language() === 'zh' ? 'zh-CN' : 'en',
    back: { href, word: say(words.back) },
    print: say(words.print),
    hint: say(words.hint),
  }
}

/** Shows a paper on a screen: it may have its one style and the one script that prints it. */
export function showPaper(c: Context, sheet: Parameters<Context['html']>[0]): Response | Promise<Response> {
  c.header('Content-Security-Policy', screenPolicy)
  return c.html(sheet)
}

export function printPages(pages: Hono): void {
  pages.get(printScriptPath, (c) =>
    c.body(printScript, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  )
}

const words = {
  back: { zh: '← 返回', en: '← Back' },
  print: { zh: '打印', en: 'Print' },
  hint: { zh: '或按 Ctrl+P 打印', en: 'or print with Ctrl+P' },
}
