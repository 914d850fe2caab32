import type { NounEntry } from './command.ts'

/* All nouns of the command line. The file of a noun is loaded only if the noun is used. */

export const NOUNS: Record<string, NounEntry> = {
  start: { about: 'Start the server', load: async () => (await import('../operate/start.ts')).start },
  login: { about: 'Sign in to a server', load: async () => (await import('../users/login.ts')).login },
  logout: { about: 'Sign out from a server', load: async () => (await import('../users/logout.ts')).logout },
  whoami: {
    about: 'Show where commands work, and as which user',
    load: async () => (await import('../users/whoami.ts')).whoami,
  },
  context: {
    about: 'Manage the servers you are signed in to',
    load: async () => (await import('../users/context.ts')).context,
  },
  open: {
    about: 'Open the console or another page in the browser',
    load: async () => (await import('../operate/open.ts')).open,
  },
  status: { about: 'Show the state of the server', load: async () => (await import('../operate/status.ts')).status },
  top: {
    about: 'Show live who calls and who is refused',
    load: async () => (await import('../credentials/top.ts')).top,
  },
  flow: {
    about: 'Run an OAuth flow and show each request',
    load: async () => (await import('../clients/flow.ts')).flow,
  },
  user: {
    about: 'Manage users, their roles and passwords',
    load: async () => (await import('../users/user.ts')).user,
  },
  app: {
    about: 'Manage OAuth applications and their secrets',
    load: async () => (await import('../clients/app.ts')).app,
  },
  'client-document': {
    about: 'Show applications with a metadata document',
    load: async () => (await import('../clients/client-document.ts')).clientDocument,
  },
  api: {
    about: 'Manage the APIs that check credentials here',
    load: async () => (await import('../clients/api.ts')).api,
  },
  'registration-token': {
    about: 'Manage initial access tokens, for self-registration',
    load: async () => (await import('../clients/registration-token.ts')).registrationToken,
  },
  'registration-block': {
    about: 'Block networks and hosts from self-registration',
    load: async () => (await import('../clients/registration-block.ts')).registrationBlock,
  },
  gate: {
    about: 'Manage the requirements that proxies check',
    load: async () => (await import('../clients/gate.ts')).gate,
  },
  token: { about: 'Manage application tokens', load: async () => (await import('../credentials/key.ts')).token },
  key: { about: 'Manage API keys', load: async () => (await import('../credentials/key.ts')).key },
  pair: {
    about: 'Manage user/token pairs, for django-tokenapi clients',
    load: async () => (await import('../credentials/pair.ts')).pair,
  },
  import: {
    about: 'Import the users of a Django site',
    load: async () => (await import('../operate/import.ts')).importUsers,
  },
  credential: {
    about: 'Manage credentials of every kind',
    load: async () => (await import('../credentials/credential.ts')).credential,
  },
  grant: {
    about: 'List and revoke the grants of users to applications',
    load: async () => (await import('../credentials/grant.ts')).grant,
  },
  session: { about: 'List and end browser sessions', load: async () => (await import('../users/session.ts')).session },
  scope: { about: 'Manage the descriptions of scopes', load: async () => (await import('../clients/scope.ts')).scope },
  view: { about: 'Manage saved views of the console', load: async () => (await import('../users/view.ts')).view },
  verify: {
    about: 'Check a credential from stdin',
    load: async () => (await import('../credentials/verify.ts')).verify,
  },
  explain: {
    about: 'Explain why a credential or a request was refused',
    load: async () => (await import('../credentials/explain.ts')).explain,
  },
  find: {
    about: 'Find users, applications and other things by name',
    load: async () => (await import('../operate/find.ts')).find,
  },
  journal: {
    about: 'List or follow the entries of the journal',
    load: async () => (await import('../operate/journal.ts')).journal,
  },
  usage: {
    about: 'Show how often and how fast credentials are checked',
    load: async () => (await import('../credentials/usage.ts')).usage,
  },
  'signing-key': {
    about: 'Manage the keys that sign tokens',
    load: async () => (await import('../operate/signing-key.ts')).signingKey,
  },
  'setup-link': {
    about: 'Print a one-time link to create an owner account',
    load: async () => (await import('../users/setup-link.ts')).setupLink,
  },
  mcp: {
    about: 'Check whether MCP clients can connect to a server',
    load: async () => (await import('../clients/mcp.ts')).mcp,
  },
  config: {
    about: 'Show the settings in force and their sources',
    load: async () => (await import('../operate/config.ts')).config,
  },
  migrate: {
    about: 'Show or update the schema of the database',
    load: async () => (await import('../operate/migrate.ts')).migrate,
  },
  upgrade: {
    about: 'Finish an upgrade once no older process runs',
    load: async () => (await import('../operate/upgrade.ts')).upgrade,
  },
  doctor: { about: 'Examine this installation', load: async () => (await import('../operate/doctor.ts')).doctor },
  seed: { about: 'Create or remove demo data', load: async () => (await import('../operate/seed.ts')).seed },
  openapi: {
    about: 'Print the OpenAPI description of the HTTP API',
    load: async () => (await import('../operate/openapi.ts')).openapi,
  },
  completion: {
    about: 'Print the completion script for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completion,
  },
  version: {
    about: 'Print the versions of Claviger and its runtime',
    load: async () => (await import('../operate/version.ts')).version,
  },
}
