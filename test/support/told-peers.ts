import { createPeers, type Peers } from '../../src/http/peer.ts'

/** Peers where a call says by headers whose it is: what sockets, TLS and proxies prove is tested elsewhere. */
export const toldByHeader: Peers = {
  ...createPeers({ asksForCertificates: true, clock: () => new Date() }),
  callerAddress: (c) => c.req.header('x-test-address'),
  clientCertificate: (c) => {
    const sha256 = c.req.header('x-test-certificate')
    return sha256 === undefined ? undefined : { sha256, serial: '01', validTo: new Date('2099-01-01') }
  },
}
