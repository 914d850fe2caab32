/**
 * The clock of this machine, as an operator or a bad time server sets it: import this file before a server is made. What
 * counts monotonically, as timers do, goes on.
 */
const real = Date.now
let ahead = 0
Date.now = () => real() + ahead

/** Hours by which the clock is wrong from now on. */
export const setClock = (hours: number): void => {
  ahead = hours * 3_600_000
}
