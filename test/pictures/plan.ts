/** A page to be pictured: as whom, where, and under which name. `best` are those that the docs show. */
export type Picture = {
  readonly name: string
  readonly as?: string
  readonly path: string
  readonly best?: true
  readonly language?: 'en'
  /** A paper: it is printed as well. */
  readonly paper?: true
}

/** What the demo has by now, by the names in its addresses. */
export type Found = {
  readonly case: string
  readonly inquiry: string
  readonly freeze: string
  readonly waiting: string
  readonly draft: string
  readonly delivery: string
  readonly entry: string
  readonly exchange: string
  readonly progress: string
  /** Of a registry whose clerk answers here, and of one that is visited. */
  readonly atCounter: string
  readonly errand: string
}

/** Every page, for whom it is. One that is not here is in no picture. */
export function picturesOf(at: Found): readonly Picture[] {
  const officer = { as: 'lin' } as const
  const auditor = { as: 'mei' } as const
  return [
    { name: 'door-sign-in', path: '/sign-in' },
    { name: 'door-list', path: '/' },
    { name: 'tour', path: '/tour', best: true },
    { name: 'progress-public', path: at.progress, best: true },
    { name: 'docs', path: '/docs' },
    { name: 'docs-errors', path: '/docs/errors' },
    { name: 'desk', ...officer, path: '/', best: true },
    { name: 'desk-en', ...officer, path: '/', language: 'en' },
    { name: 'case', ...officer, path: `/cases/${at.case}`, best: true },
    { name: 'case-en', ...officer, path: `/cases/${at.case}`, language: 'en', best: true },
    { name: 'case-timeline', ...officer, path: `/cases/${at.case}/timeline` },
    { name: 'case-progress', ...officer, path: `/cases/${at.case}/progress` },
    { name: 'inquiry-new', ...officer, path: `/cases/${at.case}/inquiry`, best: true },
    { name: 'measures-new', ...officer, path: `/cases/${at.case}/measures` },
    { name: 'draft', ...officer, path: `/drafts/${at.draft}` },
    { name: 'drafts', ...officer, path: '/drafts' },
    { name: 'request-inquiry', ...officer, path: `/requests/${at.inquiry}` },
    { name: 'request-freeze', ...officer, path: `/requests/${at.freeze}`, best: true },
    { name: 'renewals', ...officer, path: '/renewals?days=all' },
    { name: 'tasks', ...officer, path: '/tasks' },
    { name: 'errands', ...officer, path: '/errands' },
    { name: 'errand', ...officer, path: `/errands/${at.errand}` },
    { name: 'paper-errand', ...officer, path: `/errands/${at.errand}/sheet`, paper: true },
    { name: 'batches', ...officer, path: '/batches' },
    { name: 'batch-new', ...officer, path: '/batches/new' },
    { name: 'clerk', as: 'ding', path: '/clerk' },
    { name: 'clerk-delivery', as: 'ding', path: `/clerk/deliveries/${at.atCounter}`, best: true },
    { name: 'account', ...officer, path: '/account' },
    { name: 'paper-overview', ...officer, path: `/cases/${at.case}/overview`, paper: true },
    { name: 'paper-exhaustion', ...officer, path: `/cases/${at.case}/exhaustion`, paper: true },
    { name: 'paper-service', ...officer, path: `/deliveries/${at.delivery}/service`, paper: true },
    { name: 'review', as: 'zhao', path: `/requests/${at.waiting}/review`, best: true },
    { name: 'audit', ...auditor, path: '/audit', best: true },
    { name: 'audit-entry', ...auditor, path: `/audit/entries/${at.entry}`, best: true },
    { name: 'audit-exchange', ...auditor, path: `/audit/exchanges/${at.exchange}` },
    { name: 'audit-anomalies', ...auditor, path: '/audit/anomalies' },
    { name: 'audit-samples', ...auditor, path: '/audit/samples' },
    { name: 'audit-searches', ...auditor, path: '/audit/searches' },
    { name: 'audit-reveals', ...auditor, path: '/audit/reveals' },
    { name: 'audit-statistics', ...auditor, path: '/audit/statistics', best: true },
    { name: 'admin', as: 'an', path: '/admin' },
    { name: 'admin-people', as: 'an', path: '/admin/people' },
    { name: 'admin-log', as: 'shen', path: '/admin/log' },
    { name: 'admin-log-auditors', as: 'shen', path: '/admin/log?of=auditors' },
    { name: 'admin-rules', as: 'an', path: '/admin/rules' },
    { name: 'admin-registries', as: 'xiao', path: '/admin/registries' },
    { name: 'admin-keys', as: 'xiao', path: '/admin/keys' },
    { name: 'admin-health', as: 'xiao', path: '/admin/health' },
    { name: 'portal', as: 'xiao', path: '/portal/land-120116' },
    { name: 'docs-api', path: '/docs/api' },
    { name: 'docs-api-requests', path: '/docs/api/officer-requests' },
  ]
}
