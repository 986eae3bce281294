import { z } from '@hono/zod-openapi'
import type { Grant, Person } from '../../domain/person.ts'
import { roleList, roles } from '../../domain/role.ts'
import type { Factor } from '../../gateway/ports/accounts.ts'
import type { Session } from '../../gateway/ports/roster.ts'

const at = z.iso.datetime()
const role = z.enum(roleList)

const held = {
  role,
  roleName: z.string().openapi({ example: '经办人' }),
  court: z.string().optional(),
  team: z.string().optional(),
  registry: z.string().optional(),
}

export const personView = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    court: z.string().optional(),
    holds: z.array(z.object(held)),
  })
  .openapi('Person')

export const grantView = z
  .object({
    id: z.string(),
    person: z.string(),
    ...held,
    from: at,
    until: at,
    attestBy: at.openapi({ description: '复核期限 · must be looked at again by then' }),
    givenBy: z.string(),
    endedAt: at.optional(),
    endedBy: z.string().optional(),
  })
  .openapi('Grant')

export const sessionView = z
  .object({
    id: z.string(),
    carrier: z.enum(['browser', 'bearer']),
    method: z.enum(['password', 'openid', 'certificate', 'command']),
    second: z.boolean().openapi({ description: '已出示第二身份因素 · a second factor was shown' }),
    openedAt: at,
    seenAt: at,
    expiresAt: at,
  })
  .openapi('Session')

export const factorView = z
  .object({
    id: z.string(),
    kind: z.enum(['totp', 'certificate']),
    thumbprint: z.string().optional(),
    label: z.string().optional(),
    setAt: at,
    setBy: z.string(),
    confirmed: z.boolean(),
  })
  .openapi('Factor')

export function viewPerson({ id, username, name, court, holds }: Person): z.infer<typeof personView> {
  const shown = holds.map((one) => ({ ...one, roleName: roles[one.role] }))
  return { id, username, name, ...(court && { court }), holds: shown }
}

export function viewGrant({ from, until, attestBy, endedAt, ...grant }: Grant): z.infer<typeof grantView> {
  return {
    ...grant,
    roleName: roles[grant.role],
    from: from.toISOString(),
    until: until.toISOString(),
    attestBy: attestBy.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  }
}

export function viewSession(session: Session): z.infer<typeof sessionView> {
  const { id, carrier, method, second, openedAt, seenAt, expiresAt } = session
  const times = { openedAt: openedAt.toISOString(), seenAt: seenAt.toISOString(), expiresAt: expiresAt.toISOString() }
  return { id, carrier, method, second, ...times }
}

export function viewFactor({ id, kind, thumbprint, label, setAt, setBy, confirmedAt }: Factor) {
  const shown = { id, kind, setAt: setAt.toISOString(), setBy, confirmed: confirmedAt !== undefined }
  return { ...shown, ...(thumbprint && { thumbprint }), ...(label && { label }) } satisfies z.infer<typeof factorView>
}
