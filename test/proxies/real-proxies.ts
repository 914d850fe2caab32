import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { documented, type Places } from './documented.ts'

/* The proxies themselves, as Debian has them, each with the configuration of the document. */

export type OpenProxy = { close(): Promise<void> }
export type ProxyKind = {
  /** Why it cannot run here; absent where it can. */
  missing?: string
  open(places: Places): Promise<OpenProxy>
}

/** Of programs that Debian puts where ordinary users have no path to. */
const PATH = `${process.env['PATH']}:/usr/sbin:/sbin`
const has = (program: string): boolean => spawnSync('which', [program], { env: { PATH } }).status === 0
const need = (program: string, packages: string) =>
  has(program) ? {} : { missing: `${program} is not installed: apt-get install ${packages}` }

export const nginx: ProxyKind = {
  ...need('nginx', 'nginx-light'),
  open: places => openNginx(places, documented('/etc/nginx/nginx.conf', places)),
}

/** nginx in front of the server itself: the file that its own configuration includes. */
export const nginxAtServer: ProxyKind = {
  ...need('nginx', 'nginx-light'),
  open: places => openNginx(places, `events {}\nhttp {\n${documented('/etc/nginx/conf.d/claviger.conf', places)}}\n`),
}

/** The same below a path of its host. */
export const nginxAtPath: ProxyKind = {
  ...need('nginx', 'nginx-light'),
  open: places =>
    openNginx(places, `events {}\nhttp {\n${documented('/etc/nginx/conf.d/claviger-path.conf', places)}}\n`),
}

async function openNginx(places: Places, config: string): Promise<OpenProxy> {
  const folder = newFolder()
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(one => `${one}_temp_path ${folder}/${one};`)
  writeFileSync(join(folder, 'nginx.conf'), config.replace('http {', `http { ${own.join(' ')} access_log off;`))
  const words = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  return run(folder, places, 'nginx', [...words, '-g', `daemon off; pid ${folder}/pid;`])
}

export const caddy: ProxyKind = {
  ...need('caddy', 'caddy'),
  async open(places) {
    const folder = newFolder()
    const config = documented('/etc/caddy/Caddyfile', places)
    writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${config}`)
    return run(folder, places, 'caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')])
  },
}

export const haproxy: ProxyKind = {
  ...need('haproxy', 'haproxy'),
  async open(places) {
    const folder = newFolder()
    const script = join(folder, 'claviger.lua')
    const files = { '/etc/haproxy/claviger.lua': script }
    writeFileSync(script, documented('/etc/haproxy/claviger.lua', places))
    writeFileSync(join(folder, 'haproxy.cfg'), documented('/etc/haproxy/haproxy.cfg', { ...places, files }))
    return run(folder, places, 'haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')])
  },
}

const APACHE_MODULES = '/usr/lib/apache2/modules'
const LUA_SOCKET = '/usr/share/lua/5.3/socket/http.lua'
export const apache: ProxyKind = {
  ...(existsSync(LUA_SOCKET) ? {} : { missing: 'lua-socket is not installed: apt-get install lua-socket' }),
  ...need('apache2', 'apache2 lua-socket'),
  async open(places) {
    const folder = newFolder()
    const script = join(folder, 'claviger.lua')
    writeFileSync(script, documented('/etc/apache2/claviger.lua', places))
    const modules = ['mpm_event', 'authz_core', 'lua', 'proxy', 'proxy_http', 'proxy_wstunnel', 'headers']
    const own = [
      `ServerRoot ${folder}`,
      'ServerName localhost',
      `PidFile ${folder}/pid`,
      `ErrorLog ${folder}/log`,
      `DefaultRuntimeDir ${folder}`,
      ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
      ...modules.map(one => `LoadModule ${one}_module ${APACHE_MODULES}/mod_${one}.so`),
    ]
    const files = { '/etc/apache2/claviger.lua': script }
    const config = documented('/etc/apache2/sites-available/orders.conf', { ...places, files })
    writeFileSync(join(folder, 'apache.conf'), `${own.join('\n')}\n${config}`)
    return run(folder, places, 'apache2', ['-f', join(folder, 'apache.conf'), '-D', 'FOREGROUND'])
  },
}

/** A folder that the unprivileged workers of a proxy may read and write, too. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-proxy-'))
  chmodSync(folder, 0o777)
  mkdirSync(join(folder, 'home'))
  return folder
}

async function run(folder: string, { proxy }: Places, program: string, words: readonly string[]): Promise<OpenProxy> {
  const child = spawn(program, words, { env: { PATH, HOME: join(folder, 'home') }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', part => (said += part))
  const stop = async () => {
    await stopChild(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const began = performance.now()
  while (!(await listens(proxy))) {
    const gaveUp = performance.now() - began > 20_000
    if (!gaveUp && child.exitCode === null) await setTimeout(50)
    else {
      await stop()
      throw new Error(`${program} does not listen: ${said}`)
    }
  }
  return { close: stop }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(5000, 'late', { ref: false })
  if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL')
  await gone
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
