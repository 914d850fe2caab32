/** A network (CIDR) from which no client may register itself, or a host that no such client may name in its addresses. */
export type RegistrationBlock = { subject: BlockSubject; value: string; note?: string; createdAt: number }

export const BLOCK_SUBJECTS = ['network', 'host'] as const
export type BlockSubject = (typeof BLOCK_SUBJECTS)[number]
