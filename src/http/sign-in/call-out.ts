/** Calls the identity provider, as openid-client and jose want it: main hands it in, over the guarded line. */
export type CallOut = (url: string, options: object) => Promise<Response>
