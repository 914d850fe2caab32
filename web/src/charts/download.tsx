import { Button, type ButtonProps, Menu } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../language/t.ts'
import { save, toCsv } from '../show/list/sheet.ts'
import type { Plot } from './plot.ts'
import { type Sheet, savePng, saveSvg } from './save-picture.tsx'

type Props = { sheet: Sheet; button: ButtonProps & { children: ReactNode } }

/** The menu of files. Its code is loaded when it is opened for the first time, so it opens when it is shown. */
export default function Download({ sheet, button }: Props) {
  const [open, setOpen] = useState(false)
  const target = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The menu gives the focus back to the element that had it when the menu opened.
    target.current?.focus()
    setOpen(true)
  }, [])
  const file = sheet.title.toLowerCase().replaceAll(/[^\p{L}\d]+/gu, '-')
  const saveCsv = () => save(`${file}.csv`, 'text/csv', toCsv(rowsOf(sheet.plot)))
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end">
      <Menu.Target>
        <Button {...button} ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void savePng(sheet, file)}>{t('Picture (PNG)')}</Menu.Item>
        <Menu.Item onClick={() => saveSvg(sheet, file)}>{t('Drawing (SVG)')}</Menu.Item>
        <Menu.Item onClick={saveCsv}>{t('Table (CSV)')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const rowsOf = ({ form, names, points, series }: Plot) =>
  points.map((point, i) => ({
    ...(names ? { group: names[i] ?? '' } : { time: new Date(point.at * 1000).toISOString() }),
    ...Object.fromEntries(series.map(({ name, label }) => [label, point[name] ?? (form === 'lines' ? null : 0)])),
  }))
