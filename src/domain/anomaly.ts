import type { WorkingCalendar } from './working-day.ts'

/** From when a thing is worth an auditor's look. Each rule says its own in words, from these. */
export const anomalyLimits = {
  /** Looks of one person at one subject in one week. */
  looksAWeek: 10,
  /** Looks of one person at one case within this long are one. */
  minutesOfOneLook: 30,
  /** People, each from a case of another, who look at one subject in one week. */
  peopleAWeek: 3,
  casesAWeek: 2,
  /** The hours, Beijing's, in which nobody asks why somebody is at work; and how many mere looks outside are still nothing. */
  fromHour: 7,
  toHour: 21,
  looksOutOfHours: 3,
  daysToAct: 30,
  daysToActAfterReveal: 14,
  /** Times the median of the same court, among so many people, and not less than this in all. */
  timesMedian: 3,
  peopleForMedian: 4,
  volumeAWeek: 30,
  daysAfterClosing: 90,
  secondsToApprove: 30,
  /** Requests of one maker in one month, all let go by the same person, where others of the court do so too. */
  pairAMonth: 8,
  quarantinedAnHour: 5,
} as const

const most = anomalyLimits

/** Every kind of thing in the log that is looked into: what it is called, when it counts, and why it matters. */
export const anomalyKinds = {
  'repeated-looks': {
    zh: '反复查看同一当事人',
    en: 'The same subject, again and again',
    why: {
      zh: `同一人在一周（周一至周日）内查看同一当事人或案件的结果满 ${most.looksAWeek} 次（同一案件 ${most.minutesOfOneLook} 分钟内只计一次）。办案很少需要如此频繁地查看，应核实是否出于办案需要。`,
      en: `One person looked at one subject or case ${most.looksAWeek} times in a week, Monday to Sunday; looks at one case within ${most.minutesOfOneLook} minutes are one. Work seldom needs that: find out what it was for.`,
    },
  },
  'many-lookers': {
    zh: '多人跨案查看同一当事人',
    en: 'Several people, one subject',
    why: {
      zh: `一周内有 ${most.peopleAWeek} 人以上，分别从 ${most.casesAWeek} 件以上案件查看同一当事人。可能是正常的多案被执行，也可能是关注度高的人员被打听。`,
      en: `In one week ${most.peopleAWeek} people looked at one subject from ${most.casesAWeek} cases or more. Some debtors have many cases; others are talked about.`,
    },
  },
  'out-of-hours': {
    zh: '非工作时间查看或提交',
    en: 'Out of hours',
    why: {
      zh: `非工作日，或 ${most.fromHour} 时以前、${most.toHour} 时以后，提交请求、查看明文，或者查看结果满 ${most.looksOutOfHours} 次。紧急保全和值班属正常情形，其余应说明理由。`,
      en: `On a day off, before ${most.fromHour}:00 or after ${most.toHour}:00: a request, a reveal, or ${most.looksOutOfHours} looks. Urgent preservation and duty explain it; little else does.`,
    },
  },
  'inquiry-without-act': {
    zh: '查询后未办理',
    en: 'Asked, and nothing done',
    why: {
      zh: `提交查询后 ${most.daysToAct} 日内，该案没有任何控制措施或者其他办理记录。查询须为执行案件服务（民事诉讼法第二百五十三条）。`,
      en: `After an inquiry no measure and no other act on the case within ${most.daysToAct} days. An inquiry serves the enforcement of a case, or it is curiosity.`,
    },
  },
  volume: {
    zh: '查看量异常',
    en: 'Far more than the others',
    why: {
      zh: `一周内查看、查询合计满 ${most.volumeAWeek} 次，且达到本院人员中位数的 ${most.timesMedian} 倍（本院该周有 ${most.peopleForMedian} 人以上办理时才比较）。`,
      en: `Looks and inquiries of one person in a week: ${most.volumeAWeek} at least, and ${most.timesMedian} times the median of the same court, where ${most.peopleForMedian} people or more were at work.`,
    },
  },
  'after-closing': {
    zh: '结案、终本后查询',
    en: 'After the case was closed',
    why: {
      zh: `结案或者终结本次执行程序后 ${most.daysAfterClosing} 日内，又有人查询或查看明文。终本后系统每六个月自动查询一次，不计在内。`,
      en: `Somebody asked, or had something revealed, within ${most.daysAfterClosing} days after the case was closed or went into 终本. What the gateway asks by itself each half-year does not count.`,
    },
  },
  'reveal-without-act': {
    zh: '查看明文后未办理',
    en: 'Revealed, and nothing done',
    why: {
      zh: `查看明文或导出核验包后 ${most.daysToActAfterReveal} 日内，本人在该案没有任何办理记录。监督员的查看不计在内。`,
      en: `Something was revealed or exported, and within ${most.daysToActAfterReveal} days the same person did nothing on the case. Auditors' reveals do not count.`,
    },
  },
  'own-name': {
    zh: '查询与本人同名的当事人',
    en: 'A subject of their own name',
    why: {
      zh: '提交请求的人与该案当事人同名。可能是同名，也可能是查询本人；与案件有利害关系的应当回避（民事诉讼法第四十七条）。',
      en: 'Whoever submitted the request has the name of a party of the case. A namesake, or their own case: then they must stand aside (Civil Procedure Law, article 47).',
    },
  },
  'quarantine-burst': {
    zh: '隔离反馈集中出现',
    en: 'A burst of unproved messages',
    why: {
      zh: `同一协助执行单位一小时内有 ${most.quarantinedAnHour} 条以上反馈未获证明而被隔离。可能是对方密钥或系统出错，也可能有人冒用其通道。`,
      en: `${most.quarantinedAnHour} messages or more of one registry proved nothing within an hour. Its keys or its system are at fault, or somebody else is on its line.`,
    },
  },
  'instant-approval': {
    zh: '提交后即刻审批',
    en: 'Approved at once',
    why: {
      zh: `提交后 ${most.secondsToApprove} 秒内即审批同意。这么短的时间不足以核对文书，审批可能流于形式。`,
      en: `Approved within ${most.secondsToApprove} seconds of its submission: too short to have compared anything with the papers.`,
    },
  },
  'fixed-pair': {
    zh: '经办人与审批人长期固定',
    en: 'Always the same two',
    why: {
      zh: `一个月内，同一经办人的请求（满 ${most.pairAMonth} 件）全部由同一人审批，而本院另有其他审批人。双人互相制约可能失效。`,
      en: `In one month all requests of one maker (${most.pairAMonth} or more) were let go by the same person, though the court has other approvers. Two who always agree check nobody.`,
    },
  },
} as const

export type AnomalyKind = keyof typeof anomalyKinds

export const anomalyKindList = Object.keys(anomalyKinds) as [AnomalyKind, ...AnomalyKind[]]

/** What became of one that somebody looked into. */
export const anomalyOutcomes = {
  open: { zh: '继续核查', en: 'still open' },
  explained: { zh: '已有合理说明', en: 'explained' },
  'passed-on': { zh: '移送有关部门', en: 'passed on' },
} as const

export type AnomalyOutcome = keyof typeof anomalyOutcomes

export const anomalyOutcomeList = Object.keys(anomalyOutcomes) as [AnomalyOutcome, ...AnomalyOutcome[]]

/** Nobody has looked into it, or what the last one who did has said. */
export const anomalyStates = ['new', ...anomalyOutcomeList] as const

export type AnomalyState = (typeof anomalyStates)[number]

/** One entry of the log as far as the rules want it. Names nobody: `subject` is a keyed hash, equal for equal people. */
export type LoggedAct = {
  readonly entry: string
  readonly at: Date
  readonly does: 'look' | 'reveal' | 'submit' | 'approve' | 'quarantine' | 'other'
  readonly person?: string
  readonly court?: string
  readonly caseId?: string
  readonly request?: string
  readonly registry?: string
  readonly subject?: string
  /** Of a submission: that it asks and changes nothing. */
  readonly isInquiry?: boolean
  /** Done by somebody whose work is to look at what others did. */
  readonly byAuditor?: boolean
}

/** What the rules know beside the acts. */
export type AnomalyFacts = {
  readonly now: Date
  readonly calendar: WorkingCalendar
  /** When cases were closed, went into 终本, or were opened again. */
  readonly standings: readonly { readonly caseId: string; readonly at: Date; readonly isClosed: boolean }[]
  /** The entries of submissions whose maker bears the name of a party. */
  readonly ofOwnName: ReadonlySet<string>
}

/**
 * Something to look into, and the entries it rests on, the oldest first. `key` is the same whenever the same thing is found,
 * whatever period was asked for; it may hold a keyed hash, so only a digest of it is shown.
 */
export type Anomaly = {
  readonly kind: AnomalyKind
  readonly key: string
  readonly court?: string
  readonly people: readonly string[]
  readonly cases: readonly string[]
  readonly registry?: string
  readonly entries: readonly LoggedAct[]
  /** What the others did in the same time, where that is what it was measured against. */
  readonly median?: number
}

/** An anomaly on these acts: whose they are, and of which cases. */
export function anomalyOf(
  kind: AnomalyKind,
  name: readonly string[],
  acts: readonly LoggedAct[],
  more: Pick<Anomaly, 'median'> = {},
): Anomaly {
  const entries = [...acts].sort((one, other) => one.at.getTime() - other.at.getTime())
  const all = (member: 'person' | 'caseId') => [...new Set(entries.flatMap((act) => act[member] ?? []))]
  const [court, registry] = [entries[0]?.court, entries[0]?.registry]
  return {
    kind,
    key: [kind, ...name].join('|'),
    ...(court && { court }),
    people: all('person'),
    cases: all('caseId'),
    ...(kind === 'quarantine-burst' && registry && { registry }),
    entries,
    ...more,
  }
}
