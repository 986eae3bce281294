import { type Refusal, refuse } from './refusal.ts'

export type PasswordCode = 'password-too-short' | 'password-too-long' | 'password-like-name' | 'password-common'

/** In characters as a person counts them, after NFKC. The upper bound only keeps a megabyte out of the hash. */
const passwordLength = { least: 12, most: 128 } as const

/**
 * Whether a password may be chosen; undefined is yes. Length comes first, and there is no rule about kinds of characters:
 * those make people write `Password1234!`, which the list below knows (NIST SP 800-63B-4, 3.1.1.2).
 */
export function refusalOfPassword(
  password: string,
  { username, name }: { readonly username: string; readonly name: string },
): Refusal<PasswordCode> | undefined {
  const plain = plainPassword(password).toLowerCase()
  const { length } = [...plain]
  if (length < passwordLength.least) return refuse('password-too-short', 'newPassword')
  if (length > passwordLength.most) return refuse('password-too-long', 'newPassword')
  if ([...without(plain, [username, name])].length < 8) return refuse('password-like-name', 'newPassword')
  return isGuessedFirst(plain) ? refuse('password-common', 'newPassword') : undefined
}

/** The one spelling of a password: two keyboards may make the same characters from different bytes. */
export function plainPassword(password: string): string {
  return password.normalize('NFKC')
}

function without(text: string, names: readonly string[]): string {
  return names
    .map((name) => plainPassword(name).toLowerCase())
    .filter((name) => name.length > 1)
    .reduce((rest, name) => rest.replaceAll(name, ''), text)
}

/** What everybody tries first, and what is one short piece over and over. */
function isGuessedFirst(plain: string): boolean {
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '')
  return /^(.{1,4}?)\1+.{0,3}$/su.test(plain) || common.some((one) => letters === one || plain === one)
}

const common: readonly string[] = [
  '123456789012',
  '1234567890123',
  '12345678901234',
  '1234567890abc',
  '0123456789012',
  '012345678910',
  '123456789abc',
  '123456789987654321',
  '1234567890qwe',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'qazwsxedcrfv',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiop123456',
  'qwertyuiopasdfghjkl',
  'qwerty123456',
  'qwerty1234567890',
  'asdfghjkl123',
  'abcdefghijkl',
  'abcdefghijklmnopqrstuvwxyz',
  'abcd12345678',
  'abc123456789',
  'aa1234567890',
  'a1234567890b',
  'password1234',
  'password12345',
  'password123456',
  'passw0rd1234',
  'p@ssw0rd1234',
  'p@ssword1234',
  'passwordpassword',
  'letmein123456',
  'welcome12345',
  'welcome123456',
  'changeme1234',
  'changemenow1',
  'administrator',
  'administrator1',
  'administrator123',
  'admin1234567',
  'admin12345678',
  'adminadmin123',
  'root12345678',
  'iloveyou1314',
  'woaini123456',
  'woaini1314520',
  'woaini5201314',
  '5201314woaini',
  '520131452013',
  'zhongguo1949',
  'fayuan123456',
  'chaxunkongzhi',
  'zhixing123456',
  'correcthorsebatterystaple',
]
