// Submits that the server has not acknowledged. They are kept across reloads.
import type { CreateConversation, StartRun } from '#shared/api.ts'
import type { FilePart } from '#shared/message.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { toSendFile } from './attachment.ts'
import { OUTBOX } from './drafts.ts'

/** An own message, of which a new version is sent. */
export interface EditOf {
  messageId: string
  /** What both versions come after. Null for the beginning. */
  parentId: string | null
}

/** Keeps its key, so that a reload in the middle of sending sends it again without starting a second run. */
export interface Submission {
  /** The Idempotency-Key. */
  key: string
  /** Null until its conversation has been created. */
  conversationId: string | null
  /** Null if an answer is tried again. */
  text: string | null
  retryOf: string | null
  /** In front of the text, which may be empty then. */
  files?: FilePart[]
  /** Absent: the text goes to the end of the branch. */
  editOf?: EditOf
  /** It waits in the queue of its conversation for the end of the answer. */
  queued?: true
  /** The model and the agent of the next run; what is left out is the server's default. */
  choice: Pick<CreateConversation, 'provider' | 'model' | 'agent'>
  /** With what a new conversation is created. */
  setup: Pick<CreateConversation, 'agent' | 'settings' | 'folderId' | 'temporary'>
}

export function newKey(): string {
  // crypto.randomUUID exists only on HTTPS and localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function toStartRun({ text, files = [], retryOf, editOf, choice }: Submission): StartRun {
  return {
    ...(text === null || (text === '' && files.length > 0) ? {} : { text }),
    ...(files.length > 0 && { files: files.map(toSendFile) }),
    ...(retryOf === null ? {} : { retryOf }),
    ...(editOf && { parentId: editOf.parentId }),
    ...choice,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** In the order they were sent. */
export function readOutbox(): Submission[] {
  try {
    const stored: unknown = JSON.parse(readStored(OUTBOX) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSubmission) : []
  } catch {
    return []
  }
}

export function keepInOutbox(submission: Submission): void {
  writeOutbox([...withoutKey(submission.key), submission])
}

export function acknowledge(key: string): void {
  writeOutbox(withoutKey(key))
}

function withoutKey(key: string): Submission[] {
  return readOutbox().filter((submission) => submission.key !== key)
}

function writeOutbox(submissions: Submission[]): void {
  writeStored(OUTBOX, submissions.length === 0 ? null : JSON.stringify(submissions))
}

/** The server checks the rest. */
function isSubmission(stored: unknown): stored is Submission {
  if (typeof stored !== 'object' || stored === null) return false
  const { key, conversationId, text, retryOf, editOf, choice, setup } = stored as Partial<
    Record<keyof Submission, unknown>
  >
  const isText = (value: unknown) => value === null || typeof value === 'string'
  const texts = [conversationId, text, retryOf].every(isText)
  const objects = [choice, setup, editOf ?? {}].every(isObject)
  return typeof key === 'string' && texts && objects
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null
