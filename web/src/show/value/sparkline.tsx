import { counted, t } from '../../language/t.ts'
import styles from './value.module.css'

const [STEP, HEIGHT] = [3, 22]

/** 36 hours as bars: accepted below, refused on top with dashes. A text contains the same numbers. */
export function Sparkline({ valid, refused }: { valid: readonly number[]; refused: readonly number[] }) {
  const sums = valid.map((count, i) => count + (refused[i] ?? 0))
  const top = Math.max(1, ...sums)
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  const sentence = t('{uses} and {refusals} in 36 hours', {
    uses: counted(total(valid), 'use'),
    refusals: counted(total(refused), 'refusal'),
  })
  const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / top) * (HEIGHT - 1)))
  /** One line for each hour, from `foot` upwards. */
  const bars = (heights: readonly number[], foot: (i: number) => number) =>
    heights.map((height, i) => (height ? `M${i * STEP + 1} ${Math.max(height, foot(i))}v${-height}` : '')).join('')
  const heights = valid.map(tall)
  return (
    <svg className={styles.spark} width={valid.length * STEP} height={HEIGHT} role="img" aria-label={sentence}>
      <title>{sentence}</title>
      <path
        className={styles.none}
        d={bars(
          sums.map(sum => (sum === 0 ? 1 : 0)),
          () => HEIGHT,
        )}
      />
      <path className={styles.valid} d={bars(heights, () => HEIGHT)} />
      <path className={styles.refused} d={bars(refused.map(tall), i => HEIGHT - (heights[i] ?? 0))} />
    </svg>
  )
}
