import { html } from 'hono/html'
import { taskKinds } from '../../domain/task.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { FindingsNotice, NothingFoundNotice } from './findings.tsx'
import { ObjectionAnswer, PressingLetter } from './letters.tsx'
import { LiftingRuling } from './lifted.tsx'
import { AskAgainSlip, ResumeReview } from './resumed.tsx'
import { CoOwnerNotice, MortgageeNotices } from './rights.tsx'
import { SealNotice, SealRecord } from './sealed.tsx'
import { ServiceReturn } from './served.tsx'
import { Page, type Printing } from './sheet.tsx'
import { SurplusSlip } from './surplus.tsx'
import { LastDayNotice, RenewalSlip } from './terms.tsx'

export { sheetPolicy } from './style.ts'

/** The paper of a task as a page of its own, to be printed on A4. */
export function printed(facts: PrintFacts, printing: Printing) {
  return html`<!doctype html>${(
    <Page title={taskKinds[facts.task.kind].paper} printing={printing}>
      {paperOf(facts, printing)}
    </Page>
  )}`
}

function paperOf(facts: PrintFacts, printing: Printing) {
  const of = { facts, printing }
  switch (facts.task.kind) {
    case 'serve':
      return <ServiceReturn {...of} />
    case 'record':
      return <SealRecord {...of} />
    case 'post-notice':
      return <SealNotice {...of} />
    case 'tell-co-owner':
      return <CoOwnerNotice {...of} />
    case 'tell-mortgagee':
      return <MortgageeNotices {...of} />
    case 'tell-last-day':
      return <LastDayNotice {...of} />
    case 'tell-nothing-found':
      return <NothingFoundNotice {...of} />
    case 'tell-findings':
      return <FindingsNotice {...of} />
    case 'release-surplus':
      return <SurplusSlip {...of} />
    case 'resume':
      return <ResumeReview {...of} />
    case 'ask-again':
      return <AskAgainSlip {...of} />
    case 'press-registry':
      return <PressingLetter {...of} />
    case 'answer-objection':
      return <ObjectionAnswer {...of} />
    case 'lift-preservation':
      return <LiftingRuling {...of} />
    case 'renew-control':
      return <RenewalSlip {...of} />
  }
}
