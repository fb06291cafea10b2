import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// 16 MB and about 50 ms each: dear for whoever guesses, unnoticed by whoever signs in.
const COST = 2 ** 14;
const BLOCK = 8;
const PARALLEL = 1;
const LENGTH = 32;

/** Hashes a password with a salt of its own; the answer carries its parameters: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, { N: COST, r: BLOCK, p: PARALLEL }, LENGTH);
  return ['scrypt', COST, BLOCK, PARALLEL, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether `password` is the one that was hashed. False for a malformed hash. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [name, N, r, p, salt = '', hash = ''] = stored.split('$');
  if (name !== 'scrypt') return false;
  const expected = Buffer.from(hash, 'base64url');
  const given = await derive(
    password,
    Buffer.from(salt, 'base64url'),
    { N: Number(N), r: Number(r), p: Number(p) },
    expected.length,
  );
  return expected.length > 0 && timingSafeEqual(given, expected);
}

let decoy: Promise<string> | undefined;

/** Spends the time of a verification, so that an unknown username is answered as slowly as a known one. */
export async function pretendToVerify(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  await verifyPassword(password, await decoy);
  return false;
}

function derive(password: string, salt: Buffer, options: ScryptOptions, length: number): Promise<Buffer> {
  return new Promise((done, fail) => {
    // The same characters may be typed composed or decomposed, depending on the keyboard.
    scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: 64 * 1024 * 1024 }, (cause, key) =>
      cause ? fail(cause) : done(key),
    );
  });
}
