import type { NounEntry } from './command.ts'

/* All nouns of the command line. The file of a noun is loaded only if the noun is used. */

export const NOUNS: Record<string, NounEntry> = {
  start: { about: 'Start the server', load: async () => (await import('../operate/start.ts')).start },
  login: { about: 'Sign in to a server', load: async () => (await import('../users/login.ts')).login },
  logout: { about: 'End a sign-in, at the server, too', load: async () => (await import('../users/logout.ts')).logout },
  whoami: { about: 'Where commands work, and as whom', load: async () => (await import('../users/whoami.ts')).whoami },
  context: { about: 'Servers you are signed in to', load: async () => (await import('../users/context.ts')).context },
  open: {
    about: 'Open the console, the portal, the account or the docs',
    load: async () => (await import('../operate/open.ts')).open,
  },
  status: { about: 'One look at the server', load: async () => (await import('../operate/status.ts')).status },
  top: { about: 'Who calls and who is refused, live', load: async () => (await import('../credentials/top.ts')).top },
  flow: {
    about: 'Run an OAuth flow and see each request',
    load: async () => (await import('../clients/flow.ts')).flow,
  },
  user: {
    about: 'People: create, disable, change passwords',
    load: async () => (await import('../users/user.ts')).user,
  },
  app: { about: 'OAuth applications and their secrets', load: async () => (await import('../clients/app.ts')).app },
  'client-document': {
    about: 'Applications described by a metadata document',
    load: async () => (await import('../clients/client-document.ts')).clientDocument,
  },
  api: { about: 'APIs that check credentials here', load: async () => (await import('../clients/api.ts')).api },
  'registration-token': {
    about: 'With what applications register themselves',
    load: async () => (await import('../clients/registration-token.ts')).registrationToken,
  },
  'registration-block': {
    about: 'Which applications may not register themselves',
    load: async () => (await import('../clients/registration-block.ts')).registrationBlock,
  },
  gate: { about: 'What proxies ask for', load: async () => (await import('../clients/gate.ts')).gate },
  token: { about: 'Application tokens', load: async () => (await import('../credentials/key.ts')).token },
  key: { about: 'API keys', load: async () => (await import('../credentials/key.ts')).key },
  pair: {
    about: 'User/token pairs, for clients of django-tokenapi',
    load: async () => (await import('../credentials/pair.ts')).pair,
  },
  import: {
    about: 'Users of another system: Django',
    load: async () => (await import('../operate/import.ts')).importUsers,
  },
  credential: {
    about: 'Credentials of every kind: list, get, revoke',
    load: async () => (await import('../credentials/credential.ts')).credential,
  },
  grant: {
    about: 'What users allowed applications',
    load: async () => (await import('../credentials/grant.ts')).grant,
  },
  session: { about: 'Signed-in browsers', load: async () => (await import('../users/session.ts')).session },
  scope: { about: 'Scopes and their words', load: async () => (await import('../clients/scope.ts')).scope },
  view: { about: 'Saved views of the console', load: async () => (await import('../users/view.ts')).view },
  verify: {
    about: 'Check a credential given on stdin',
    load: async () => (await import('../credentials/verify.ts')).verify,
  },
  explain: { about: 'Why was it turned away?', load: async () => (await import('../credentials/explain.ts')).explain },
  find: { about: 'Anything by its name', load: async () => (await import('../operate/find.ts')).find },
  journal: {
    about: 'What happened: list and follow',
    load: async () => (await import('../operate/journal.ts')).journal,
  },
  usage: {
    about: 'Checks counted: by outcome, by time taken, by age',
    load: async () => (await import('../credentials/usage.ts')).usage,
  },
  'signing-key': {
    about: 'Keys that sign tokens: list, rotate',
    load: async () => (await import('../operate/signing-key.ts')).signingKey,
  },
  'setup-link': {
    about: 'A one-use link that makes an owner account',
    load: async () => (await import('../users/setup-link.ts')).setupLink,
  },
  mcp: { about: 'Can clients of MCP connect there?', load: async () => (await import('../clients/mcp.ts')).mcp },
  config: {
    about: 'Settings in force and where they came from',
    load: async () => (await import('../operate/config.ts')).config,
  },
  migrate: { about: 'The schema of the database', load: async () => (await import('../operate/migrate.ts')).migrate },
  upgrade: {
    about: 'Say that no process of an older version runs beside',
    load: async () => (await import('../operate/upgrade.ts')).upgrade,
  },
  doctor: { about: 'Examine this installation', load: async () => (await import('../operate/doctor.ts')).doctor },
  seed: { about: 'Demo data: make and remove', load: async () => (await import('../operate/seed.ts')).seed },
  openapi: {
    about: 'The description of the HTTP API',
    load: async () => (await import('../operate/openapi.ts')).openapi,
  },
  completion: {
    about: 'Completion for bash, zsh and fish',
    load: async () => (await import('./completion.ts')).completion,
  },
  version: {
    about: 'Versions of Claviger and its runtime',
    load: async () => (await import('../operate/version.ts')).version,
  },
}
