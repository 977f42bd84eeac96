// What stands in an exported page or text beside what was said.
import type { Certainty } from '#shared/money-schema.ts'
import type { Message, RunStatus, ToolStatus } from '#shared/message.ts'
import { t } from '#shared/translate.ts'

export function authorLabel(role: Message['role']): string {
  return role === 'user' ? t`You` : t`Assistant`
}

const ENDINGS: Record<RunStatus, () => string | null> = {
  completed: () => null,
  running: () => t`This answer was still being written.`,
  stopped: () => t`This answer was stopped.`,
  failed: () => t`This answer failed.`,
  interrupted: () => t`This answer was interrupted.`,
}

/** Returns null for an answer that is whole. */
export function endingSentence(status: RunStatus): string | null {
  return ENDINGS[status]()
}

const TOOL_STATUS: Record<ToolStatus, () => string> = {
  preparing: () => t`preparing`,
  waiting: () => t`waiting`,
  running: () => t`running`,
  done: () => t`done`,
  denied: () => t`denied`,
  failed: () => t`failed`,
  unknown: () => t`unknown`,
}

export function toolStatusLabel(status: ToolStatus): string {
  return TOOL_STATUS[status]()
}

const CERTAINTY: Record<Certainty, () => string> = {
  reported: () => t`reported`,
  computed: () => t`computed`,
  estimated: () => t`estimated`,
  unknown: () => t`unknown`,
}

export function certaintyLabel(certainty: Certainty): string {
  return CERTAINTY[certainty]()
}
