import type { Said } from '../problems/entry.ts'

/** How a part stands: as it should; worth a look; needs somebody now; not known here. */
export const standings = {
  well: { zh: '正常', en: 'well' },
  look: { zh: '留意', en: 'look at it' },
  ill: { zh: '异常', en: 'act now' },
  unknown: { zh: '未知', en: 'not known' },
} as const satisfies Record<string, Said>

export type Standing = keyof typeof standings

type Part = {
  readonly title: Said
  /** What it means when it does not stand well. */
  readonly means: Said
  readonly who: Said
}

const operator: Said = { zh: '系统运维人员', en: 'the operator of the machine' }
const administrator: Said = { zh: '系统管理员', en: 'the system administrator' }

/** Every part that is looked at, what it means when it is not well, and who acts. */
export const healthParts = {
  log: {
    title: { zh: '存证日志', en: 'The log' },
    means: {
      zh: '数据库落后于或偏离已公布的检查点时，不再签名、不再发送；未知时暂不办理',
      en: 'A database behind its own published checkpoints signs and relays nothing; while unknown, nothing is done',
    },
    who: operator,
  },
  checkpoint: {
    title: { zh: '最近检查点', en: 'Newest checkpoint' },
    means: {
      zh: '有条目等待而检查点久未更新，新条目尚不能由外人核验',
      en: 'Entries wait and no checkpoint covers them: outsiders cannot check the newest yet',
    },
    who: operator,
  },
  witness: {
    title: { zh: '见证联署', en: 'Witnesses' },
    means: {
      zh: '最近检查点上没有见证节点的联署；回退只能凭库外检查点发现',
      en: 'No witness has co-signed the newest checkpoint: only the copy outside the database shows a roll-back',
    },
    who: operator,
  },
  database: {
    title: { zh: '数据库', en: 'Database' },
    means: {
      zh: '连不上或版本不符，什么都不能受理；分区未及时建立会变慢',
      en: 'Out of reach or of another version, nothing can be taken in; partitions made late make it slow',
    },
    who: operator,
  },
  clock: {
    title: { zh: '时钟', en: 'Clock' },
    means: {
      zh: '本机与数据库时钟相差过大，法律时点可能失准；请校时',
      en: 'This machine and the database disagree about the time, on which terms are reckoned: set the clocks',
    },
    who: operator,
  },
  disk: {
    title: { zh: '数据目录磁盘', en: 'Disk of the data directory' },
    means: {
      zh: '写满后无法提交，一切停办；请扩容或清理',
      en: 'When it is full nothing can be committed and all work stops: make room',
    },
    who: operator,
  },
  memory: {
    title: { zh: '内存', en: 'Memory' },
    means: { zh: '本机可用内存不足，进程可能被系统终止', en: 'The machine may end this process for want of memory' },
    who: operator,
  },
  queue: {
    title: { zh: '待发送队列', en: 'Deliveries that are due' },
    means: {
      zh: '到期未发的查控请求单过多，发送跟不上或单位不可达',
      en: 'More is due than is carried: the courier is behind, or registries are out of reach',
    },
    who: administrator,
  },
  certificates: {
    title: { zh: '证书有效期', en: 'Certificates' },
    means: { zh: '即将到期或已过期的证书须更换', en: 'A certificate that ends must be renewed' },
    who: operator,
  },
  registries: {
    title: { zh: '协助执行单位通路', en: 'The lines to registries' },
    means: {
      zh: '有单位已暂停，或有请求状态不明、被拒收、逾期未答',
      en: 'A registry is suspended, or some deliveries are unknown, declined or overdue',
    },
    who: administrator,
  },
} as const satisfies Record<string, Part>

export type HealthPart = keyof typeof healthParts

/** The facts by name, in the order in which they are shown. */
export const factWords = {
  standing: { zh: '状态', en: 'standing' },
  reason: { zh: '原因', en: 'reason' },
  size: { zh: '已公布条目数', en: 'entries published' },
  pending: { zh: '等待入树的条目', en: 'entries waiting' },
  ageSeconds: { zh: '距今（秒）', en: 'age (s)' },
  oldestSeconds: { zh: '最久等待（秒）', en: 'oldest waits (s)' },
  cosignatures: { zh: '联署数', en: 'co-signatures' },
  engine: { zh: '引擎', en: 'engine' },
  version: { zh: '版本', en: 'version' },
  megabytes: { zh: '占用（MB）', en: 'size (MB)' },
  migrated: { zh: '结构版本相符', en: 'schema as expected' },
  partitionsLate: { zh: '分区迟建', en: 'partitions late' },
  aheadMs: { zh: '本机快于数据库（毫秒）', en: 'ahead of the database (ms)' },
  freeMegabytes: { zh: '可用（MB）', en: 'free (MB)' },
  freePercent: { zh: '可用（%）', en: 'free (%)' },
  processMegabytes: { zh: '本进程（MB）', en: 'this process (MB)' },
  due: { zh: '到期未发', en: 'due' },
  unknown: { zh: '状态不明', en: 'unknown' },
  declined: { zh: '被拒收', en: 'declined' },
  overdue: { zh: '逾期未答', en: 'overdue' },
  suspended: { zh: '已暂停', en: 'suspended' },
} as const satisfies Record<string, Said>

export type FactName = keyof typeof factWords
