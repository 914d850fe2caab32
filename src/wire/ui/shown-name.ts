/*
 * Names are chosen by strangers. Most ways in refuse what follows; older rows and imports may have it all the same. The
 * escaping of the pages keeps markup out; this keeps out text that pretends to be another.
 */
const TRICKS = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const FROM_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const [ISOLATE, END] = ['\u2068', '\u2069']

/**
 * A name as part of a sentence of ours: invisible characters and turns of direction are spelled out, and a name that
 * runs from right to left turns nothing but itself (Unicode annex 9, isolates).
 */
export function shownName(name: string): string {
  const plain = name.replace(
    TRICKS,
    char => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
  return FROM_RIGHT_TO_LEFT.test(plain) ? `${ISOLATE}${plain}${END}` : plain
}
