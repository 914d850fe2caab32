import { html } from 'ghtml'
import type { WireAnswer } from '../dialect.ts'
import { refusalText, statusOfPage } from '../ui/error-page.ts'
import { button, csrfField, field, flash, page, seeOther } from '../ui/html.ts'
import type { PageRequest } from '../ui/page-request.ts'
import type { DevicePage } from './device.ts'

export function showDevice(fact: DevicePage, _request: unknown, who: PageRequest): WireAnswer {
  if (fact.show === 'nothing') return seeOther(who, fact.location)
  const { userCode, problem } = fact
  const { device } = who.words
  return page(who, {
    title: device.title,
    status: problem ? statusOfPage(problem.code) : 200,
    self: '/device',
    // The form redirects to the consent page of this server.
    body: html`<h1>${device.title}</h1>
<p class="lead">${device.lead}</p>
!${problem ? flash('problem', refusalText(who.words, problem)) : ''}
<form method="post" action="/device">
!${csrfField(who)}
!${field({ name: 'user_code', label: device.code, value: userCode, autocomplete: 'off', focus: true, longest: 40 })}
<p class="hint">${device.hint}</p>
!${button(device.submit)}
</form>`,
  })
}
