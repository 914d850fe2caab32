import { VisuallyHidden } from '@mantine/core'
import { type ComponentType, useId } from 'react'
import styles from './choice.module.css'

/** One of a few values, all in sight. A value with an icon shows only the icon. */
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
