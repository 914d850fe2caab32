import { type DestinationStream, type Logger, pino } from 'pino'
import { stderrLines } from './stderr-lines.ts'

/** Writes JSON lines to stderr. Secrets are removed by field name; addresses are route templates, never raw URLs. */
export const openLog = (level = 'warn', destination: DestinationStream = stderrLines()): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'password',
          'client_secret',
          'code',
          'code_verifier',
          'token',
          'refresh_token',
          'secret',
          'req',
          'res',
          'headers',
          'err.config',
          '*.authorization',
          '*.cookie',
        ],
        remove: true,
      },
    },
    destination,
  )
