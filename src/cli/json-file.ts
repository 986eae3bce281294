import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

/**
 * Reads a JSON file that a command was given. Throws an error that names the file and nothing of what is in it: the
 * parser's own message quotes the text around its mistake, and that may be a password, a key or a person.
 */
export async function readJsonFile(cwd: string, path: string): Promise<unknown> {
  const text = await readFile(resolve(cwd, path), 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${path}: 不是 JSON 文件 not a JSON file`)
  }
}
