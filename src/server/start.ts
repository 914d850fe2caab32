import { type Manner, type Opened, openServer } from './open-server.ts'
import type { Config } from './settings/config.ts'

export type Running = Opened & { url: string; stop(): Promise<void> }

/** Opens the server and listens. */
export async function startServer(config: Config, manner: Manner = {}): Promise<Running> {
  const opened = await openServer(config, manner)
  return { ...opened, url: await opened.listen(), stop: opened.close }
}
