// A run that is stored, with all that it needs to be driven.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { ModelTarget } from '../upstream/types.ts'

export interface StartedRun {
  run: Run
  target: ModelTarget
  settings: ConversationSettings
  timeZone: string
  /** It has begun in an earlier process, and was waiting. */
  goesOn?: true
}
