import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import { answerPairs } from '../../oauth/return-to-client.ts'
import { button, hidden, page } from '../html.ts'
import { appName } from '../shown-name.ts'
import { shownAddress } from './redirect.ts'
import type { ShownWay } from './shown-way.ts'

/** Sends the only form of the page. Browsers without scripts show its button. */
const SCRIPT = 'document.forms[0].submit()'
const HASH = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`

/**
 * The browser sends the answer to the address of the application as a form (OAuth 2.0 Form Post Response Mode). Its
 * policy names the script by hash.
 */
export const formPost: ShownWay<'form-post'> = {
  ...shownAddress,
  answer(who, outcome, way) {
    const { formPost } = who.words
    const app = appName(who, outcome.client)
    const fields = answerPairs(who.rules.issuer, way, outcome).map(([name, value]) => hidden(name, value))
    return page(who, {
      title: formPost.title(app),
      script: HASH,
      formsLead: 'out',
      body: html`<h1>${formPost.title(app)}</h1>
<form method="post" action="${way.redirectUri}">
!${fields}!${button(formPost.submit)}
</form>
<script>!${SCRIPT}</script>`,
    })
  },
}
