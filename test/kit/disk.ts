import { DatabaseSync } from 'node:sqlite'

/*
 * Servers in the process of a test do not wait for the disk: they lose something without it only when the machine stops, and
 * then the test has ended too. Servers in processes of their own wait, as everywhere.
 */
const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (text: string) {
  return exec.call(this, text.replace('pragma synchronous = full', 'pragma synchronous = off'))
}
