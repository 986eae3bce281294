import { join } from 'node:path'
import type { RegistrationFile } from '../gateway/registration.ts'
import type { Algorithm } from '../signing/algorithm.ts'
import type { Ready } from './sandboxes.ts'

/** The sandbox registries of the demo, by what a court would call them. */
export const demoCodes = {
  land: 'land-120116',
  realEstate: 'house-120116',
  banks: ['313110000092', '102110000017'],
  villageBank: '320110000010',
  countyCentre: 'house-130983',
} as const

/** The passwords of those that come for their deliveries; the land bureau has a key and needs none. */
export type RegistrySecrets = { readonly centre: string; readonly bank: string }

type Surroundings = {
  /** Where the gateway listens, and what it calls itself. */
  readonly origin: string
  readonly gatewayId: string
  /** Where the sandboxes keep their books. */
  readonly dir: string
  readonly secrets: RegistrySecrets
  /** What the land bureau signs with: on its first day only, its key is kept. */
  readonly algorithm?: Algorithm
}

/** A sandbox to start, and how its registries are registered once it is up. */
export type Staged = {
  readonly adapter: string
  readonly options: object
  readonly register: (ready: Ready) => readonly RegistrationFile[]
}

/** The whole stage: one land bureau that is called, one registration centre and two banks that come. */
export function stagedRegistries(at: Surroundings): readonly Staged[] {
  const { origin, gatewayId, dir, secrets, algorithm = 'EdDSA' } = at
  const centre = { user: 'centre', password: secrets.centre }
  const banks = demoCodes.banks.map((code) => ({ code, user: `bank-${code}`, password: secrets.bank }))
  return [
    {
      adapter: 'land',
      options: { books: join(dir, 'land.json'), gateway: { origin, id: gatewayId }, code: demoCodes.land, algorithm },
      register: ({ origin: at, keys = [] }) => [
        {
          code: demoCodes.land,
          name: '滨海新区土地登记机构（沙盒）',
          adapter: 'land',
          mode: 'push',
          origin: at,
          assetClasses: ['land'],
          measures: ['inquire', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
          keys: keys.map((jwk) => ({ jwk })),
        },
      ],
    },
    {
      adapter: 'real-estate',
      options: { books: join(dir, 'centre.json'), gateway: origin, registry: demoCodes.realEstate, ...centre },
      register: () => [
        {
          code: demoCodes.realEstate,
          name: '滨海新区不动产登记中心（沙盒）',
          adapter: 'real-estate',
          mode: 'pull',
          assetClasses: ['real-estate', 'land'],
          measures: ['inquire', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
          credential: centre,
        },
      ],
    },
    {
      adapter: 'bank',
      options: { books: join(dir, 'banks.json'), gateway: origin, banks, pollMs: 300 },
      register: () =>
        banks.map(({ code, user, password }, at) => ({
          code,
          name: at === 0 ? '某某城市商业银行（沙盒）' : '某某工商银行分行（沙盒）',
          adapter: 'bank' as const,
          mode: 'pull' as const,
          assetClasses: ['deposit' as const],
          measures: ['inquire' as const, 'freeze' as const, 'extend' as const, 'release' as const, 'transfer' as const],
          credential: { user, password },
        })),
    },
  ]
}

/**
 * The two that have no system, and so no process: a bank whose own clerk answers at our desk, and the registration centre of
 * a neighbouring county that has to be visited. Days, where a system takes hours.
 */
export const withoutSystem: readonly RegistrationFile[] = [
  {
    code: demoCodes.villageBank,
    name: '某某村镇银行（演示，经办人在此答复）',
    adapter: 'desk',
    mode: 'desk',
    assetClasses: ['deposit'],
    measures: ['inquire', 'freeze', 'extend', 'release', 'transfer'],
    respondWithinHours: 72,
  },
  {
    code: demoCodes.countyCentre,
    name: '邻县不动产登记中心（演示，须登门）',
    adapter: 'errand',
    mode: 'errand',
    assetClasses: ['real-estate', 'land'],
    measures: ['inquire', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
    visit: {
      address: '某某县城关镇政务服务中心二楼 6 号窗口',
      route: '自本院驾车约一小时，经某某高速城关出口',
      hours: '工作日 9:00—11:30，13:30—16:30',
      phone: '0310-00000000',
    },
    respondWithinHours: 120,
  },
]
