/** The public client for the command line, present on every server: `claviger login` signs users in with it. */
export const COMMAND_LINE_CLIENT = 'claviger-cli'
