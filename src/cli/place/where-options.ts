import type { Option } from '../program/command.ts'

/** Options that choose the installation or server, for every verb. */
export const WHERE_OPTIONS: readonly Option[] = [
  { flags: '--url <url>', about: 'at this server, not at the installation of this machine' },
  { flags: '--context <name>', about: 'at the server that was signed in to under this name' },
  { flags: '--local', about: 'at the installation of this machine' },
  { flags: '--data-dir <dir>', about: 'where the embedded database lives (CLAVIGER_DATA_DIR)' },
]
