/**
 * What may count once only, over all processes and restarts: the `jti` of a token or an assertion. `issuer` is whose name it
 * is, `registry:<code>` or `client:<id>`.
 */
export type UsedOnce = {
  /** Burns a `jti`; false when it was used before, by whichever process. Remembered until `until`. */
  burn(issuer: string, jti: string, until: Date): Promise<boolean>
}
