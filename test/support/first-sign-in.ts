import type { GatewayProcess } from './gateway-process.ts'

/** In production a person is given an initial password, signs in with it and chooses another. */
export async function firstSignIn(gateway: Pick<GatewayProcess, 'writ' | 'origin'>, username: string): Promise<string> {
  const [password = ''] = await gateway.writ('user', 'password', username)
  const response = await fetch(`${gateway.origin}/v1/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password, newPassword: `每天早上八点到院里上班 ${username}` }),
  })
  if (!response.ok) throw new Error(`${username} cannot sign in: ${await response.text()}`)
  return ((await response.json()) as { token: string }).token
}
