/** The public client that every server has for the command line: `claviger login` signs people in with it. */
export const COMMAND_LINE_CLIENT = 'claviger-cli'
