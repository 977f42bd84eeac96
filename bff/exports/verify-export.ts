// Verifies an export without a database: each conversation by itself, so that memory stays that of one.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { openPromise } from 'yauzl'
import * as z from 'zod/mini'
import { ConversationCheck } from './check-conversation.ts'

export interface Verified {
  conversations: number
  messages: number
  calls: number
  files: number
  /** What is wrong, by the name of the file. */
  problems: { name: string; problem: string }[]
}

interface NamedFile {
  /** The conversation's entry. */
  name: string
  file: string
}

const OF_NO_CONVERSATION = ['library.jsonl', 'ledger.jsonl']

const Manifest = z.object({
  counts: z.object({
    conversations: z.int(),
    messages: z.int(),
    calls: z.int(),
    /** An older export has none. */
    files: z._default(z.int(), 0),
  }),
})

export async function verifyExport(file: string): Promise<Verified> {
  const verified: Verified = { conversations: 0, messages: 0, calls: 0, files: 0, problems: [] }
  if (!(await isZip(file))) {
    await verifyLines(verified, file, createReadStream(file))
    return verified
  }
  const zip = await openPromise(file)
  const named = new Map<string, NamedFile>()
  const found = new Set<string>()
  let manifest: z.infer<typeof Manifest> | null = null
  for await (const entry of zip.eachEntry()) {
    const { fileName: name } = entry
    const content = await zip.openReadStreamPromise(entry)
    if (name.endsWith('.jsonl')) {
      for (const [hash, file] of await verifyLines(verified, name, content)) {
        named.set(`files/${hash}`, { name, file })
      }
    } else if (name === 'manifest.json') manifest = Manifest.parse(JSON.parse(await text(content)))
    else if (name.startsWith('files/')) {
      found.add(name)
      await verifyFile(verified, name, content)
    } else content.destroy()
  }
  for (const [path, { name, file }] of named) {
    if (!found.has(path)) verified.problems.push({ name, problem: `its file “${file}” is missing` })
  }
  const { conversations, messages, calls, files } = verified
  const counted = { conversations, messages, calls, files }
  if (JSON.stringify(manifest?.counts) !== JSON.stringify(counted)) {
    const problem = `the manifest counts ${JSON.stringify(manifest?.counts ?? null)}, the files have ${JSON.stringify(counted)}`
    verified.problems.push({ name: 'manifest.json', problem })
  }
  return verified
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1') === 'PK'
  } finally {
    await file.close()
  }
}

/** Returns the names of the files that belong to it, by hash. */
async function verifyLines(
  verified: Verified,
  name: string,
  content: Readable,
): Promise<ReadonlyMap<string, string>> {
  const check = new ConversationCheck()
  for await (const line of createInterface({ input: content, crlfDelay: 0 })) check.add(line)
  verified.problems.push(...check.finish().map((problem) => ({ name, problem })))
  verified.conversations += OF_NO_CONVERSATION.includes(name) ? 0 : 1
  verified.messages += check.counts.messages
  verified.calls += check.counts.calls
  return check.files
}

/** A file is named by its hash. */
async function verifyFile(verified: Verified, name: string, content: Readable): Promise<void> {
  verified.files += 1
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  if (name === `files/${hash.digest('hex')}`) return
  verified.problems.push({ name, problem: 'its SHA-256 differs from its name' })
}
