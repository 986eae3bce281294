/** Files as `docs/onboarding.md` and `docs/case-system.md` show them; the keys are public and belong to nobody. */
export const keyFileSample = {
  jwk: {
    ...{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: 'UT1V0mp-B1wWCd9r9ei4fijAYbEWhIZGmq1lOaHOTss' },
    x: 'lByqX12StiTpFxuFwdCk4_AYbl2OkhytYsda1Quk3WE',
  },
}

export const registrationSample = {
  ...{ code: 'land-120116', name: '滨海新区土地登记机构', adapter: 'land', mode: 'pull' },
  ...{ assetClasses: ['land'], measures: ['inquire', 'seal', 'release'], keys: [keyFileSample] },
}

export const clientSample = {
  ...{ id: 'anjian-jin0116', court: '津0116', name: '案件管理系统', kind: 'case-system', keys: [keyFileSample] },
}

export const reportSample = {
  ...{ protocol: 'writ-partner/1', registry: 'land-120116', at: '2026-09-01T10:00:00+08:00' },
  keys: [keyFileSample.jwk.kid],
  results: [{ title: 'a known request is answered with its stored statements', outcome: 'ok' }],
}
