import { type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './list.module.css'

/** Makes content that is wider than its box focusable, so that the keyboard can scroll it. */
export function Scroller({ label, className = styles.scroll, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight)
    const watcher = new ResizeObserver(look)
    watcher.observe(element)
    if (element.firstElementChild) watcher.observe(element.firstElementChild)
    return () => watcher.disconnect()
  }, [])
  return (
    <div ref={box} className={className} {...(scrolls && { role: 'group', tabIndex: 0, 'aria-label': label })}>
      {children}
    </div>
  )
}

type Props = { label: string; className?: string | undefined; children: ReactNode }
