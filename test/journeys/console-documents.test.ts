import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser, authorizeUrl, pkce } from '../kit/cast.ts'
import { findBarriers, openConsole } from '../kit/console.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The console shows what became of each metadata document, reads one now, and blocks its application. */

let server: TestServer
let documents: DocumentServer
let id: string
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  await addUser(server.world, 'boss', { role: 'owner' })
  id = documents.publish('/console/client.json', { client_name: 'Diary' })
  await ask()
})
after(async () => {
  await closeBrowser()
  await server.stop()
  await documents[Symbol.asyncDispose]()
})
const ask = () =>
  person(server.url).visit(authorizeUrl(id, pkce().challenge, { redirect_uri: 'http://127.0.0.1/callback' }))

for (const width of [1440, 390])
  test(`the list and the history of a document, at ${width} pixels`, async () => {
    const { page, complaints } = await openConsole(server, 'boss', { viewport: { width, height: 900 } })
    await page.goto('/console/client-documents')
    await page.getByText('Diary').first().waitFor()
    assert.deepEqual(await findBarriers(page), [])
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/documents-${width}.png`, fullPage: true })
    documents.publish('/console/client.json', {
      client_name: `Diary ${width}`,
      redirect_uris: ['http://127.0.0.1/callback', `https://app.example/${width}`],
    })
    await page.goto(`/console/applications/${encodeURIComponent(id)}?tab=document`)
    await page.getByRole('button', { name: 'Read now', exact: true }).click()
    await page.getByText(`https://app.example/${width}`).first().waitFor()
    await page
      .getByText(/Redirects now also to/)
      .first()
      .waitFor()
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width)
    assert.deepEqual(await findBarriers(page), [])
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/document-${width}.png`, fullPage: true })
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

test('blocking says that everything ends, and does it', async () => {
  const { page, complaints } = await openConsole(server, 'boss')
  await page.goto('/console/client-documents')
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/ends for good within a second/).waitFor()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByText('Blocked', { exact: true }).first().waitFor()
  assert.equal((await ask()).status, 403)
  assert.deepEqual(complaints, [])
  await page.context().close()
})
