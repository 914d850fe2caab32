import { counted, t } from '../../language/t.ts'
import styles from './value.module.css'

const [STEP, HEIGHT] = [3, 22]

/** 36 hours as bars: accepted below, refused on top with stripes. A text contains the same numbers. */
export function Sparkline({ valid, refused }: { valid: readonly number[]; refused: readonly number[] }) {
  const sums = valid.map((count, i) => count + (refused[i] ?? 0))
  const top = Math.max(1, ...sums)
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  const sentence = t('{uses} and {refusals} in 36 hours', {
    uses: counted(total(valid), 'use'),
    refusals: counted(total(refused), 'refusal'),
  })
  return (
    <svg
      className={styles.spark}
      width={valid.length * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${valid.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={sentence}
    >
      <title>{sentence}</title>
      {valid.map((count, i) => {
        const no = refused[i] ?? 0
        const scale = (value: number) => (value === 0 ? 0 : Math.max(2, (value / top) * (HEIGHT - 1)))
        const [yesHeight, noHeight] = [scale(count), scale(no)]
        const key = `bar-${i}`
        return count + no === 0 ? (
          <rect key={key} className={styles.none} x={i * STEP} y={HEIGHT - 1} width={STEP - 1} height={1} />
        ) : (
          <g key={key}>
            <rect className={styles.valid} x={i * STEP} y={HEIGHT - yesHeight} width={STEP - 1} height={yesHeight} />
            <path
              className={styles.refused}
              d={`M${i * STEP + (STEP - 1) / 2} ${Math.max(0, HEIGHT - yesHeight - noHeight)}v${noHeight}`}
              strokeWidth={STEP - 1}
            />
          </g>
        )
      })}
    </svg>
  )
}
