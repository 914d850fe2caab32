import { chooseLanguage, type Language, language } from '../language/language.ts'
import { t } from '../language/t.ts'
import styles from '../show/value/choice.module.css'

/** Each language in its own words. */
const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
]

/** Buttons, because a choice loads the page again: the arrow keys, which choose among radio buttons, must not do that. */
export const LanguageSwitch = () => (
  <fieldset aria-label={t('Language')} className={styles.choice}>
    {LANGUAGES.map(([one, name]) => (
      <button
        key={one}
        type="button"
        lang={one}
        aria-current={one === language ? true : undefined}
        onClick={() => one !== language && chooseLanguage(one)}
      >
        {name}
      </button>
    ))}
  </fieldset>
)
