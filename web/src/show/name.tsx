/*
 * Names come from anybody. React keeps markup out; this keeps out the rest: text that runs the other way, invisible
 * characters that make two names look alike, and names as long as a page.
 */
const LONGEST = 120
const TRICKS = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

export const plainName = (text: string): string => {
  const shown = text.replace(
    TRICKS,
    char => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
}

export function Name({ text, otherwise = 'unnamed' }: { text: string | null | undefined; otherwise?: string }) {
  if (!text) return <em>{otherwise}</em>
  const shown = plainName(text)
  return <bdi title={shown.endsWith('…') ? `${text.length} characters` : undefined}>{shown}</bdi>
}
