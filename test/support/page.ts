import { help } from '../../src/cli/commands.ts'

/** The JSON samples of a page, each under the name that stands in the comment above it. */
export function samplesOf(page: string): ReadonlyMap<string, unknown> {
  const blocks = page.matchAll(/<!-- sample: (\S+) -->\n```json\n([\s\S]*?)\n```/g)
  return new Map([...blocks].map(([, name = '', text = '']) => [name, JSON.parse(text)]))
}

/** Every route that a page names, as `POST /v1/cases/{}`: what a part of an address is called is each page's own. */
export function routesOf(page: string): readonly string[] {
  const named = page.matchAll(/`(GET|POST|PUT|DELETE) (\/[^`\s?]*)[^`]*`/g)
  return [...new Set([...named].map(([, method = '', path = '']) => routeName(method, path)))]
}

/** Every route that there is, in the same spelling, from the `paths` of the OpenAPI document. */
export function routesThere(paths: Readonly<Record<string, object>>): readonly string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => routeName(method.toUpperCase(), path)),
  )
}

const routeName = (method: string, path: string) => `${method} ${path.replaceAll(/\{[^}]*\}|<[^>]*>/g, '{}')}`

/** Every `writ` command that a page names, without what is put in: `writ partner key add`. */
export function commandsOf(page: string): readonly string[] {
  const named = page.matchAll(/\bwrit((?: (?!writ\b)[a-z]+(?![\w./-]))+)/g)
  return [...new Set([...named].map(([, words = '']) => `writ${words}`))]
}

/** True for a command that `writ help` tells of. */
export function isCommand(command: string): boolean {
  return help().some((line) => line.includes(`${command} `) || line.endsWith(command))
}
