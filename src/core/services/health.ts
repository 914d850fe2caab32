import type { Health } from '../../ports/health.ts'
import type { World } from '../world.ts'

const KEPT_MILLISECONDS = 1000
const PATIENCE_MILLISECONDS = 2000

/** Caches the result briefly, because load balancers ask many times per second. */
export function openHealth(needs: Pick<World, 'settings' | 'signer'>): Health {
  let draining = false
  let known: { at: number; database: Promise<string> } | undefined

  async function askDatabase(): Promise<string> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<string>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MILLISECONDS, 'does not answer in time')
    })
    const answer = needs.settings.get('master-key-check').then(
      mark => (mark === undefined ? 'is not set up' : ''),
      () => 'cannot be reached',
    )
    return Promise.race([answer, patience]).finally(() => clearTimeout(timer))
  }

  return {
    drain: () => {
      draining = true
    },
    draining: () => draining,
    async examine() {
      const now = performance.now()
      if (!known || now - known.at > KEPT_MILLISECONDS) known = { at: now, database: askDatabase() }
      const trouble = await known.database
      const checks = [
        { name: 'database', ok: trouble === '', found: trouble || 'answers' },
        {
          name: 'signing key',
          ok: needs.signer.jwks().keys.length > 0,
          found: `${needs.signer.jwks().keys.length} published`,
        },
        { name: 'draining', ok: !draining, found: draining ? 'this server is stopping' : 'no' },
      ]
      return { ready: checks.every(({ ok }) => ok), checks }
    },
  }
}
