/**
 * The places of a server whose address ends with `path`. Clients look for the metadata of such an issuer between the host
 * and the path (RFC 8414 section 3.1), so these two places belong to it as well.
 */
export const placesOf = (path: string): string[] =>
  path === ''
    ? ['/']
    : [path, `/.well-known/oauth-authorization-server${path}`, `/.well-known/openid-configuration${path}`]
