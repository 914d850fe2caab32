import { html } from 'ghtml'

type Row = { id?: string /** Made with `html`. */; cells: readonly string[] }

/** A table that becomes a list of cards on a phone, where each cell shows the heading of its column. */
export const table = (heads: readonly string[], rows: readonly Row[]): string =>
  html`<div class="table"><table><thead><tr>!${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>!${rows.map(
    ({ id, cells }) =>
      html`<tr !${id === undefined ? '' : html`id="${id}"`}>!${cells.map((cell, i) => html`<td data-label="${heads[i] ?? ''}">!${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
