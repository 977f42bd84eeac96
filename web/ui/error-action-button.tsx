import { navigate } from '../router.tsx'
import { Button } from './button.tsx'
import { MODEL_PICKER_ID } from './current-chat.ts'
import { t } from '#shared/translate.ts'

export interface ErrorSource {
  /** The error code of the contract. */
  code: string | undefined
  /** The provider of the failed request; null if unknown. */
  provider: string | null
}

interface ErrorAction {
  label: string
  apply: (provider: string | null) => void
}

const SETTINGS: ErrorAction = { label: t`Open provider settings`, apply: openProvider }
const KEY: ErrorAction = { label: t`Enter another key`, apply: openProvider }
const MODEL: ErrorAction = {
  label: t`Choose another model`,
  apply: () => document.getElementById(MODEL_PICKER_ID)?.click(),
}

/** The action for each error that a retry alone does not fix. */
const ACTIONS = new Map<string, ErrorAction>([
  ['connection_refused', SETTINGS],
  ['host_not_found', SETTINGS],
  ['unreachable', SETTINGS],
  ['insecure_connection', SETTINGS],
  ['not_http', SETTINGS],
  ['wrong_address', SETTINGS],
  ['not_an_api', SETTINGS],
  ['redirected', SETTINGS],
  ['invalid_key', KEY],
  ['key_unreadable', KEY],
  ['model_not_set', SETTINGS],
  ['not_allowed', MODEL],
  ['insufficient_quota', MODEL],
  ['rate_limited', MODEL],
  ['model_not_found', MODEL],
  ['provider_not_found', MODEL],
  ['context_too_long', MODEL],
])

/** A button that leads to a fix for an error, if one is known. */
export function ErrorActionButton({ code, provider }: ErrorSource) {
  const errorAction = ACTIONS.get(code ?? '')
  if (errorAction === undefined) return null
  return (
    <Button className="h-8 shrink-0" onClick={() => errorAction.apply(provider)}>
      {errorAction.label}
    </Button>
  )
}

function openProvider(provider: string | null): void {
  const query = provider === null ? '' : `?${new URLSearchParams({ provider })}`
  navigate(`/settings/providers${query}`)
}
