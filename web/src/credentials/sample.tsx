import { t } from '../language/t.ts'
import styles from '../show/page/page.module.css'

/** Long lines scroll inside the element, so it must have keyboard focus. */
export const Sample = ({ label, code }: { label: string; code: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
  <section className={styles.sample} tabIndex={0} aria-label={t('Sample in {language}', { language: label })}>
    <code>{code}</code>
  </section>
)
