import { Anchor, Code } from '@mantine/core'
import { Link } from 'wouter'
import { hrefOf } from '../show/value/href-of.ts'
import { Name, plainName } from '../show/value/name.tsx'
import type { Entry } from './events.ts'

type Part = Entry['parts'][number]

/** Shows the sentence of an entry, with names as links. */
export const Sentence = ({ entry }: { entry: Pick<Entry, 'parts'> }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other order
  entry.parts.map((part, i) => <Word key={i} part={part} />)

function Word({ part: { text, is, id } }: { part: Part }) {
  if (is === null) return <span>{text}</span>
  if (is === 'code') return <Code>{plainName(text)}</Code>
  if (id === null)
    return (
      <b>
        <Name text={text} />
      </b>
    )
  return (
    <Anchor component={Link} href={hrefOf(is, id)} inherit fw={600}>
      <Name text={text} />
    </Anchor>
  )
}
