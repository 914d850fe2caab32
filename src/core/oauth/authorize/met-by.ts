import { ACR, type Acr } from '../../../model/clients/openid.ts'

/**
 * Returns the first wanted class that the sign-in meets. A sign-in with several methods also meets the class for one
 * method.
 */
export const metBy = (values: readonly Acr[], reached: Acr): Acr | undefined =>
  values.find(value => value === reached || value === ACR.one)
