/*
 * Starts the API reference. Everything that would leave this server is off: fonts, telemetry, the proxy, Scalar's own
 * services. A token that the reader types stays in the memory of the page.
 */
const home = new URL('../..', document.currentScript.src)

const OTHERS = [
  'c',
  'clojure',
  'csharp',
  'dart',
  'fsharp',
  'http',
  'java',
  'julia',
  'kotlin',
  'node',
  'objc',
  'ocaml',
  'powershell',
  'r',
  'ruby',
  'rust',
  'swift',
]
/** Samples stay for curl, JavaScript, Python, Go and PHP, in the form that needs no library. */
const hidden = {
  ...Object.fromEntries(OTHERS.map(target => [target, true])),
  shell: ['httpie', 'wget'],
  js: ['axios', 'jquery', 'ofetch', 'xhr'],
  python: ['aiohttp', 'httpx_async', 'httpx_sync', 'requests'],
  php: ['guzzle', 'laravel'],
}

window.Scalar.createApiReference('#reference', {
  url: new URL('openapi.json', home).href,
  servers: [{ url: home.href.replace(/\/$/, '') }],
  authentication: { preferredSecurityScheme: 'applicationToken' },
  persistAuth: false,
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  hideDarkModeToggle: true,
  theme: 'none',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  hiddenClients: hidden,
})

/** Scalar leaves out what programs that read a page aloud need: names of buttons, scrolling by keyboard, one banner alone. */
function complete() {
  for (const button of document.querySelectorAll('.scalar-code-copy:not([aria-label])'))
    button.setAttribute('aria-label', 'Copy')
  for (const code of document.querySelectorAll('code.custom-scroll:not([tabindex])')) code.tabIndex = 0
  for (const header of document.querySelectorAll('#reference header:not([role])')) header.setAttribute('role', 'none')
}
new MutationObserver(complete).observe(document.body, { childList: true, subtree: true })
