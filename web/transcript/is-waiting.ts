import type { Message } from '#shared/message.ts'

/** The run stands still until somebody decides. */
export function isWaiting({ status, parts }: Message): boolean {
  const last = parts.at(-1)
  if (status !== 'running' || last?.type !== 'notice') return false
  return last.kind === 'waiting' && last.decision === undefined
}
