import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isKnownHash, openPasswords } from './passwords.ts'

/** Made by Django 5.2 from the password "lètmein"; iteration counts as it ships them. */
const DJANGO = {
  pbkdf2_sha256: 'pbkdf2_sha256$1000000$seasalt1$eXiV+hpHviZK/Cz7bk42CjY8pT4vVRW+6JP+a0kWUbc=',
  pbkdf2_sha1: 'pbkdf2_sha1$1000000$seasalt1$wH/yuT/RlS34JR3VxyH0AZbu+Mc=',
  argon2: 'argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdDE$t1PEr4fCw6K2tgtMD76spP7m1u6P7OEUAgSauxfz/WI',
  scrypt:
    'scrypt$16384$seasalt1$8$5$/MlTuTBYKY3YXCACnaatdGlVdOyQ9d6QrwFbPS+1Oo1EhEtqViqzcDVOMgVGjOQFwXYHtPTK9/lkeINun4xHgw==',
  bcrypt_sha256: 'bcrypt_sha256$$2b$12$jn8Z1ymCnKECkVc1LjGnQOPYkSsUvYwhavoVkj6tRSJ0LlBY1KJJq',
  bcrypt: 'bcrypt$$2b$12$hqy1SmAn.MnmYhMJPFHdyui4yTsTMbi8L/SIweuhLAhjzP/lFk3am',
  'bare bcrypt': '$2b$12$hqy1SmAn.MnmYhMJPFHdyui4yTsTMbi8L/SIweuhLAhjzP/lFk3am',
}
const passwords = openPasswords()

suite('password strings of Django', () => {
  for (const [scheme, stored] of Object.entries(DJANGO)) {
    test(`${scheme}: the password is right and due for a hash of ours, another is wrong`, async () => {
      assert.equal(isKnownHash(stored), true)
      assert.deepEqual(await passwords.verify('lètmein', stored), { right: true, outdated: true })
      assert.equal((await passwords.verify('letmein', stored)).right, false)
    })
  }

  test('kinds that cannot be judged let nobody in', async () => {
    for (const stored of ['md5$seasalt1$dddc94d790e6dde53c090307844536f5', '!unusable', '', 'constructor$a$b']) {
      assert.equal(isKnownHash(stored), false)
      assert.equal((await passwords.verify('lètmein', stored)).right, false)
    }
  })

  const tail = 'jn8Z1ymCnKECkVc1LjGnQOPYkSsUvYwhavoVkj6tRSJ0LlBY1KJJq'
  const digest = 'A'.repeat(43)
  test('a stored string cannot make one check cost without bound', async () => {
    const hostile = [
      ...['$2b$31$', '$2a$15$', 'bcrypt$$2b$31$', 'bcrypt_sha256$$2y$20$'].map(head => head + tail.slice(0, 53)),
      ...[`pbkdf2_sha256$99999999$salt$${digest}=`, `pbkdf2_sha1$3000001$salt$${digest}=`],
      ...[`scrypt$1073741824$salt$8$1$${digest}=`, `scrypt$16384$salt$8$999$${digest}=`],
      ...['m=262144,t=16,p=1', 'm=9999999,t=1,p=1', 'm=19456,t=2,p=200'].map(
        cost => `argon2$argon2id$v=19$${cost}$c2Vhc2FsdDE$${digest}`,
      ),
    ]
    for (const stored of hostile) {
      assert.equal(isKnownHash(stored), false, stored)
      assert.equal((await passwords.verify('x', stored)).right, false)
    }
  })

  test('a damaged stored string lets nobody in and is no error', async () => {
    const whole = [...Object.values(DJANGO), `$argon2id$v=19$m=19456,t=2,p=1$c2Vhc2FsdDE$${digest}`]
    const damages: ((stored: string) => string)[] = [
      stored => stored.slice(0, -7),
      stored => stored.slice(0, stored.lastIndexOf('$') + 1),
      stored => stored.slice(0, stored.length / 2),
      stored => stored.replaceAll(/\d/g, 'x'),
      stored => stored.replaceAll(/\d+/g, '0'),
      stored => stored.replaceAll(/\d{2,}/g, '7'),
      stored => stored.replaceAll('$', ':'),
      stored => stored.replaceAll('$', '$$$$'),
      stored => `${stored}$${stored}`,
      stored => `${stored.slice(0, -1)}!`,
      stored => `${stored.slice(0, -3)}ü€`,
      stored => `${stored}\n`,
    ]
    const damaged = whole.flatMap(one => damages.map(damage => damage(one)))
    const patient = openPasswords({ waiting: damaged.length })
    const verified = damaged.map(async stored => {
      assert.equal((await patient.verify('lètmein', stored)).right, false, stored)
    })
    await Promise.all(verified)
  })
})
