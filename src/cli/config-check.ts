import { lackingForPapers, tellPapers } from '../config/papers.ts'
import { ConfigFault, describeConfig, readConfig } from '../config.ts'
import { done, failed, type Outcome } from './office.ts'

/**
 * What is configured, from where, and everything that is wrong with it; secrets are never printed. Opens nothing: it can be
 * run before the first start, on a machine that has no keys yet.
 */
export async function configCheck(args: readonly string[]): Promise<Outcome> {
  if (args.join(' ') !== 'check') return failed('用法 usage: writ config check')
  const { found, unknown } = describeConfig()
  const lines = found.map(({ name, from, shown }) => [name, from, shown].join('\t').trimEnd())
  const strangers = unknown.map((name) => `${name}: 没有这个配置项，是否拼写有误 no such setting; is it misspelt?`)
  try {
    const { mode, papers } = readConfig()
    const told = tellPapers(papers)
    const lacking = lackingForPapers(mode, papers)
    const words = mode === 'demo' ? '演示模式 demo' : '生产模式 production'
    if (strangers.length + lacking.length > 0) return failed(...lines, '', ...told, ...lacking, ...strangers)
    return done(...lines, '', ...told, `配置可用 the configuration can be used: ${words}`)
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    return failed(...lines, '', ...fault.problems, ...strangers)
  }
}
