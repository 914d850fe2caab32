import { VisuallyHidden } from '@mantine/core'
import { type ComponentType, useId } from 'react'
import styles from './choice.module.css'

/** The choices for a table of values with their labels. */
export const choicesOf = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
  (Object.entries(labels) as [Value, string][]).map(([value, label]) => ({ value, label }))

/** One of a few values, all visible. A value with an icon shows only the icon. */
export function Choice<Value extends string>({
  label,
  value,
  onChange,
  of,
}: {
  label: string
  value: Value
  onChange(value: Value): void
  of: readonly { value: Value; label: string; Icon?: ComponentType<{ size?: number; 'aria-hidden'?: boolean }> }[]
}) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={styles.choice}>
      {of.map(({ value: one, label: text, Icon }) => (
        <label key={one} title={Icon ? text : undefined}>
          <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChange(one)} />
          {Icon ? (
            <>
              <Icon size={15} aria-hidden />
              <VisuallyHidden>{text}</VisuallyHidden>
            </>
          ) : (
            text
          )}
        </label>
      ))}
    </div>
  )
}
