/** The package.json of `@claviger/guard`: version, licence and the range of jose are those of the server's. */
export function manifestOf(serverManifest: string, names: readonly string[]): object {
  const { version, license, dependencies } = JSON.parse(serverManifest) as ServerManifest
  return {
    name: '@claviger/guard',
    version,
    description: 'Protects routes of Express, Fastify, Hono, Koa, Next, Nest and others with credentials of Claviger.',
    license,
    keywords: ['oauth2', 'api-keys', 'authentication', 'middleware', 'bearer-token'],
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.15' },
    main: './cjs/index.js',
    types: typesOf('index'),
    exports: { ...Object.fromEntries(names.map(exportOf)), './package.json': './package.json' },
    // For resolvers that know nothing of `exports`.
    typesVersions: { '*': Object.fromEntries(names.map(name => [name, [typesOf(name)]])) },
    files: ['cjs', 'esm'],
    dependencies: { jose: `^${dependencies['jose']}` },
    peerDependencies: FRAMEWORKS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(FRAMEWORKS).map(name => [name, { optional: true }])),
  }
}

/** Their types alone are used, by the entry point of each. */
const FRAMEWORKS = { '@types/express': '>=4', '@types/node': '>=20', express: '>=4', fastify: '>=5', hono: '>=4' }

type ServerManifest = { version: string; license: string; dependencies: Record<string, string> }

const typesOf = (name: string): string => `./cjs/${name}.d.ts`

function exportOf(name: string): [string, object] {
  return [
    name === 'index' ? '.' : `./${name}`,
    {
      require: { types: typesOf(name), default: `./cjs/${name}.js` },
      import: { types: `./esm/${name}.d.ts`, default: `./esm/${name}.js` },
    },
  ]
}
