// Encrypts a key for one provider at one origin: AES-256-GCM with a key that HKDF derives from the
// secret. It cannot be decrypted for another provider or origin.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface KeyOwner {
  providerId: string
  origin: string
}

/** Returns salt, nonce, tag and ciphertext in base64. */
export function seal(key: string, owner: KeyOwner, secret: Buffer): string {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, derive(secret, salt), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(bound(owner))
  const sealed = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()])
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Returns null if the secret, provider or origin differs, or the text was changed. */
export function unseal(text: string, owner: KeyOwner, secret: Buffer): string | null {
  const bytes = Buffer.from(text, 'base64')
  const [salt, nonce, tag, sealed] = split(bytes, SALT_BYTES, NONCE_BYTES, TAG_BYTES)
  try {
    const cipher = createDecipheriv(CIPHER, derive(secret, salt), nonce, {
      authTagLength: TAG_BYTES,
    })
    cipher.setAAD(bound(owner))
    cipher.setAuthTag(tag)
    return Buffer.concat([cipher.update(sealed), cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function derive(secret: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'tally provider key', 32))
}

function bound({ providerId, origin }: KeyOwner): Buffer {
  return Buffer.from(JSON.stringify([providerId, origin]))
}

function split(bytes: Buffer, a: number, b: number, c: number) {
  const end = a + b + c
  return [
    bytes.subarray(0, a),
    bytes.subarray(a, a + b),
    bytes.subarray(a + b, end),
    bytes.subarray(end),
  ] as const
}
