import type { Option } from '../program/command.ts'

/** Options that choose the installation or server, for every verb. */
export const WHERE_OPTIONS: readonly Option[] = [
  { flags: '--url <url>', about: 'address of the server to use, such as https://id.example.com' },
  { flags: '--context <name>', about: 'name of a signed-in server to use (claviger context list)' },
  { flags: '--local', about: 'use the installation on this machine' },
  { flags: '--data-dir <dir>', about: 'directory of the embedded database (CLAVIGER_DATA_DIR)' },
]
