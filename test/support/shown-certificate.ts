import { createPeers, type Peers } from '../../src/http/peer.ts'

/** Peers where a call says by a header which certificate its line was opened with: what TLS proves is tested elsewhere. */
export const shownByHeader: Peers = {
  ...createPeers({ asksForCertificates: true, clock: () => new Date() }),
  clientCertificate: (c) => {
    const sha256 = c.req.header('x-test-certificate')
    return sha256 === undefined ? undefined : { sha256, serial: '01', validTo: new Date('2099-01-01') }
  },
}
