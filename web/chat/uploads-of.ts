import type { Drafts } from './drafts.ts'
import { Uploads } from './uploads.ts'

const made = new WeakMap<Drafts, Uploads>()

/** Returns the uploads of the page, which go on while another part of it is shown. */
export function uploadsOf(drafts: Drafts): Uploads {
  const uploads = made.get(drafts) ?? new Uploads(drafts)
  made.set(drafts, uploads)
  return uploads
}
