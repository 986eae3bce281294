import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { partnerStates } from '../domain/onboarding.ts'
import { operator } from '../domain/person.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { askAdmission, suspendPartner } from '../gateway/partners/admit.ts'
import {
  addPartnerCertificate,
  revokePartnerCertificate,
  setPartnerCredential,
} from '../gateway/partners/certificates.ts'
import { attachConformance } from '../gateway/partners/conform.ts'
import { addPartnerKey, retirePartnerKey, revokePartnerKey } from '../gateway/partners/keys.ts'
import { registerPartner } from '../gateway/partners/register.ts'
import type { RegisteredRegistry } from '../gateway/ports/reads.ts'
import { readCertificate, readCredential, readKeyFile, readRegistration } from '../gateway/registration.ts'
import { readJsonFile } from './json-file.ts'
import { type Command, done, failed, type Office, type Outcome } from './office.ts'

/** Registries on their way in, and their keys; every change is an entry by `operator`. */
export const partner: Command = {
  usage: [
    'writ partner list | writ partner show <code>',
    'writ partner add <file.json> [--onboard]',
    'writ partner conformance <code> <report.json> | writ partner admit <code> | writ partner suspend <code>',
    'writ partner key add <code> <key.json> | writ partner key retire <code> <kid> | writ partner key revoke <code> <kid>',
    'writ partner certificate add <code> <sha256> | writ partner certificate revoke <code> <sha256>',
    'writ partner credential <code> <credential.json>',
  ].join('\n      '),
  says: '登记协助单位、办理接入与暂停、轮换其密钥 (registries: register, let in, suspend; their keys)',
  run: async (office, [verb = 'list', ...args], { cwd }) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : Object.hasOwn(bindings, verb) ? bindings[verb] : undefined
    const outcome = run ? await run(office, args, cwd) : undefined
    if (!outcome) return failed(`用法 usage: ${partner.usage}`)
    await office.changed()
    return outcome
  },
}

type Verb = (office: Office, args: readonly string[], cwd: string) => Promise<Outcome | undefined>

const verbs: Readonly<Record<string, Verb>> = {
  list: async ({ registries }) => {
    const line = ({ code, name, adapter, mode, origin, state }: RegisteredRegistry) =>
      [code, name, adapter, mode, origin ?? '—', `${state} ${partnerStates[state]}`].join('\t')
    return done(...(await registries.all()).map(line))
  },
  show: async ({ registries }, [code = '']) => {
    const registry = await registries.find(code)
    return registry ? done(...told(registry)) : no({ code: 'partner-unknown' })
  },
  // In a demo a registry is live at once; `--onboard` goes the whole way there too.
  add: async ({ parts, mode, addressRule, authorities }, args, cwd) => {
    const [path] = args.filter((arg) => !arg.startsWith('--'))
    if (!path) return undefined
    const demo = mode === 'demo'
    const file = await readJsonFile(cwd, path)
    const given = await readRegistration(file, parts.clock(), demo, authorities)
    const added = await registerPartner(parts, operator, given, {
      live: demo && !args.includes('--onboard'),
      addressRule,
    })
    return isRefusal(added) ? no(added) : done(`已登记 registered: ${added.registry.code}`, ...told(added.registry))
  },
  conformance: async ({ parts }, [code, path], cwd) => {
    if (!code || !path) return undefined
    const attached = await attachConformance(parts, operator, code, await readFile(resolve(cwd, path)))
    return isRefusal(attached) ? no(attached) : done(`已接收 attached: ${attached.checks} checks, ${attached.sha256}`)
  },
  admit: async ({ parts }, [code]) => {
    if (!code) return undefined
    const asked = await askAdmission(parts, operator, code)
    if (isRefusal(asked)) return no(asked)
    return done(`待安全管理员决定 waits for a security administrator: POST /admin/v1/consents/${asked.id}`)
  },
  suspend: async ({ parts }, [code]) => {
    if (!code) return undefined
    const suspended = await suspendPartner(parts, operator, code)
    return isRefusal(suspended) ? no(suspended) : done(`已暂停 suspended: ${code}`)
  },
  key: async ({ parts, authorities }, [deed, code, which], cwd) => {
    if (!code || !which) return undefined
    const changed = async () => {
      if (deed === 'retire') return retirePartnerKey(parts, operator, code, which)
      if (deed === 'revoke') return revokePartnerKey(parts, operator, code, which)
      const key = readKeyFile(await readJsonFile(cwd, which), parts.clock(), authorities)
      return addPartnerKey(parts, operator, code, key)
    }
    if (deed !== 'add' && deed !== 'retire' && deed !== 'revoke') return undefined
    const outcome = await changed()
    return isRefusal(outcome) ? no(outcome) : done(...told(outcome.registry))
  },
}

/** What else a registry comes with: client certificates, and the password of one that signs in. */
const bindings: Readonly<Record<string, Verb>> = {
  certificate: async ({ parts }, [deed, code, sha256]) => {
    if (!code || !sha256 || (deed !== 'add' && deed !== 'revoke')) return undefined
    const certificate = readCertificate(sha256, parts.clock())
    const changed =
      deed === 'add'
        ? await addPartnerCertificate(parts, operator, code, certificate)
        : await revokePartnerCertificate(parts, operator, code, certificate.sha256)
    return isRefusal(changed) ? no(changed) : done(...told(changed.registry))
  },
  credential: async ({ parts }, [code, path], cwd) => {
    if (!code || !path) return undefined
    const credential = await readCredential(await readJsonFile(cwd, path))
    const changed = await setPartnerCredential(parts, operator, code, credential)
    return isRefusal(changed) ? no(changed) : done(...told(changed.registry))
  },
}

/** Where it stands, and of each key whether it counts or what has to be signed for it. */
function told({ code, name, state, keys, certificates = [], ...more }: RegisteredRegistry): string[] {
  const { credential, credentialProvedAt, conformance } = more
  const day = (date: Date) => date.toISOString().slice(0, 10)
  return [
    `${code}\t${name}\t${state} ${partnerStates[state]}`,
    ...keys.map((key) => {
      const ended = key.revokedAt ? `revoked ${day(key.revokedAt)}` : key.retiredAt && `retired ${day(key.retiredAt)}`
      const proof = key.provedAt ? `proved ${day(key.provedAt)}` : `nonce ${key.challenge}`
      return ['key', key.kid, proof, ended ?? ''].join('\t')
    }),
    ...certificates.map(({ sha256, revokedAt }) =>
      ['certificate', sha256, revokedAt ? `revoked ${day(revokedAt)}` : ''].join('\t'),
    ),
    ...(credential
      ? [`credential\t${credential.user}\t${credentialProvedAt ? `proved ${day(credentialProvedAt)}` : 'not yet used'}`]
      : []),
    ...(conformance ? [`conformance\t${conformance.protocol}\t${day(conformance.at)}\t${conformance.sha256}`] : []),
  ]
}

const no = ({ code }: Pick<Refusal, 'code'>) => failed(`未办理 refused: ${code} (docs/errors.md#${code})`)
