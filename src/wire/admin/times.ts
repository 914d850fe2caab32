export const seconds = (at: number): number => Math.floor(at / 1000)

export const maybeSeconds = (at: number | undefined): number | null => (at === undefined ? null : seconds(at))
