import { Button, type ButtonProps, Menu } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'

export type MenuOf = {
  button: ButtonProps & { children: ReactNode }
  items: readonly { label: string; run(): void }[]
}

/** Opens when it is shown. */
export default function OpenedMenu({ button, items }: MenuOf) {
  const [open, setOpen] = useState(false)
  const target = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The menu gives the focus back to the element that had it when the menu opened.
    target.current?.focus()
    setOpen(true)
  }, [])
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end">
      <Menu.Target>
        <Button {...button} ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label, run }) => (
          <Menu.Item key={label} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
