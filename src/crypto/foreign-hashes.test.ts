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

  test('a stored string cannot make one check cost without bound', async () => {
    const hostile = ['pbkdf2_sha256$999999999$salt$AAAA', 'scrypt$1073741824$salt$8$1$AAAA', 'pbkdf2_sha256$1$salt$']
    for (const stored of hostile) assert.equal((await passwords.verify('x', stored)).right, false)
  })
})
