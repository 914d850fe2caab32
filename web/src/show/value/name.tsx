import { Fragment } from 'react'
import { counted, t } from '../../language/t.ts'

/*
 * Makes names safe to show, because strangers choose them. React escapes markup; this module removes characters that
 * change the direction of text or are invisible, and limits the length.
 */
const LONGEST = 120
const TRICKS = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

const spelledOut = (text: string): string =>
  text.replace(TRICKS, char => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)

export const plainName = (text: string): string => {
  const shown = spelledOut(text)
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
}

export function Name({ text, otherwise = t('unnamed') }: { text: string | null | undefined; otherwise?: string }) {
  if (!text) return <em>{otherwise}</em>
  const shown = plainName(text)
  return <bdi title={shown.endsWith('…') ? counted(text.length, 'character') : undefined}>{shown}</bdi>
}

/** An address. A line breaks after one of its separators if possible. */
export const Address = ({ of }: { of: string }) => (
  <bdi>
    {spelledOut(of)
      .split(/(?<=[/.?&=_-])/)
      .map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other names
        <Fragment key={i}>
          {part}
          <wbr />
        </Fragment>
      ))}
  </bdi>
)
