/*
 * Completion for three shells, with one algorithm: follow the typed words through the table, then offer the next words.
 * All words come from our own table and contain only letters, digits and hyphens.
 */

/** Maps typed words to possible next words: `user create` to the options of that command. */
export type Words = ReadonlyMap<string, readonly string[]>

type Shell = { install: string; script: (words: Words) => string }

const cases = (words: Words, line: (at: string, next: string) => string): string =>
  [...words].map(([at, next]) => line(at, next.join(' '))).join('\n')

const posixWords = (words: Words): string =>
  `_claviger_words() {\n  case "$1" in\n${cases(words, (at, next) => `    '${at}') echo '${next}' ;;`)}\n  esac\n}`

const FORMAT_NAMES = 'table json jsonl csv yaml id'

export const SHELLS: Record<'bash' | 'zsh' | 'fish', Shell> = {
  bash: {
    install: 'claviger completion bash > ~/.local/share/bash-completion/completions/claviger',
    script: words => `${posixWords(words)}
_claviger() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' word i
  COMPREPLY=()
  case "$prev" in
    -o | --output) COMPREPLY=($(compgen -W '${FORMAT_NAMES}' -- "$cur")); return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$word" in -*) continue ;; esac
    case " $(_claviger_words "$at") " in *" $word "*) at="\${at:+$at }$word" ;; esac
  done
  COMPREPLY=($(compgen -W "$(_claviger_words "$at")" -- "$cur"))
}
complete -o default -F _claviger claviger`,
  },
  zsh: {
    install: 'claviger completion zsh > ~/.zfunc/_claviger',
    script: words => `#compdef claviger
${posixWords(words)}
_claviger() {
  local at='' word i
  case "\${words[CURRENT-1]}" in
    -o | --output) compadd -- ${FORMAT_NAMES}; return ;;
  esac
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "$word" in -*) continue ;; esac
    case " $(_claviger_words "$at") " in *" $word "*) at="\${at:+$at }$word" ;; esac
  done
  compadd -- \${(s: :)"$(_claviger_words "$at")"} || _files
}
if [ "\${funcstack[1]}" = _claviger ]; then _claviger "$@"; else compdef _claviger claviger; fi`,
  },
  fish: {
    install: 'claviger completion fish > ~/.config/fish/completions/claviger.fish',
    script: words => `function __claviger_words
  switch "$argv[1]"
${cases(words, (at, next) => `    case '${at}'\n      string split ' ' '${next}'`)}
  end
end
function __claviger
  set -l said (commandline -opc)
  if contains -- $said[-1] -o --output
    string split ' ' '${FORMAT_NAMES}'
    return
  end
  set -l at ''
  for word in $said[2..-1]
    string match -q -- '-*' $word; and continue
    contains -- $word (__claviger_words "$at"); and set at (string trim "$at $word")
  end
  __claviger_words "$at"
end
complete -c claviger -f -a '(__claviger)'`,
  },
}
