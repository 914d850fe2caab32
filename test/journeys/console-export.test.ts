import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCell, toCsv } from '../../web/src/show/list/sheet.ts'

test('no exported text is run as a formula by a spreadsheet, and none breaks its row', () => {
  for (const hostile of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =HYPERLINK("http://evil.example")', '|calc'])
    assert.match(csvCell(hostile), /^"'/, hostile)
  assert.equal(csvCell('a "quoted", text\nof two lines'), '"a ""quoted"", text\nof two lines"')
  assert.equal(csvCell(null), '')
  assert.equal(toCsv([{ name: 'plain', uses: -3 }]), 'name,uses\r\nplain,-3')
})
