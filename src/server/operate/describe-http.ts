import { describeApi } from '../../wire/admin/openapi/document.ts'
import { rulesOf } from '../compose.ts'
import type { Config } from '../settings/config.ts'

/** The OpenAPI document that a server with these settings serves. */
export const describeHttp = (config: Config): object => describeApi(rulesOf(config))
