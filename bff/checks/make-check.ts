// Makes probes one after the other. What keeps one from being asked keeps the rest from it, too:
// then each says why, and nothing is spent on them.
import type { ProbeName } from '#shared/checks.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ProviderErrorCode } from '../upstream/provider-error-kinds.ts'
import type { RequestFallback } from '../upstream/request-fallbacks.ts'
import type { CallLedger, ModelTarget, ProviderConfig } from '../upstream/types.ts'
import { type ProbeResult, bookedCall, NotMade } from './booked-call.ts'
import { type Evaluation, unknown } from './probe.ts'
import type { ProbeClient, Probe } from './probe.ts'
import { countRequest, wireRequest } from '../upstream/wire-request.ts'
import { t } from '#shared/translate.ts'

export interface CheckRun {
  provider: ProviderConfig
  target: ModelTarget
  probes: Probe[]
  ledger: Required<CallLedger>
  idleTimeoutMs: number
  stop: AbortSignal
  onProbe: (probe: ProbeName) => void
  /** A row was booked. */
  onCall: (row: ModelCall) => void
  onFindings: (probe: ProbeName, evaluations: Evaluation[]) => Promise<void>
}

export async function makeCheck(run: CheckRun): Promise<void> {
  const asking = askingFor(run)
  let obstacle: string | null = null
  for (const probe of run.probes) {
    if (run.stop.aborted) return
    run.onProbe(probe.name)
    const made: Made =
      obstacle === null ? await makeProbe(probe, asking) : notAsked(probe, obstacle)
    if (run.stop.aborted) return
    obstacle = made.obstacle
    await run.onFindings(probe.name, made.evaluations)
  }
}

interface Made {
  evaluations: Evaluation[]
  /** Why no other probe would fare better. */
  obstacle: string | null
}

async function makeProbe(probe: Probe, asking: ProbeClient): Promise<Made> {
  try {
    return { evaluations: await probe.run(asking), obstacle: null }
  } catch (error) {
    if (error instanceof NotMade) return { ...said(probe, error.message), obstacle: null }
    if (!(error instanceof ProviderError)) throw error
    const isHopeless = HOPELESS.has(error.code)
    return { ...said(probe, error.message), obstacle: isHopeless ? error.message : null }
  }
}

const HOPELESS = new Set<ProviderErrorCode>([
  'invalid_key',
  'insufficient_quota',
  'model_not_found',
  'wrong_address',
  'not_an_api',
  'redirected',
  'connection_refused',
  'host_not_found',
  'insecure_connection',
  'timeout',
])

function notAsked(probe: Probe, obstacle: string): Made {
  return { ...said(probe, t`Not asked, because an earlier request failed for good.`), obstacle }
}

function said({ findings }: Probe, detail: string): Pick<Made, 'evaluations'> {
  return { evaluations: findings.map((finding) => unknown(finding, detail)) }
}

/** Parts that a server may refuse and that the question does not need. */
const CURABLE = new Set<RequestFallback>(['stream', 'stream_options', 'max_tokens'])

function askingFor({
  provider,
  target,
  ledger,
  idleTimeoutMs,
  stop,
  onCall,
}: CheckRun): ProbeClient {
  const fallbacks = new Set<RequestFallback>()
  const booked = async (call: Promise<ProbeResult>) => {
    const asked = await call
    onCall(asked.row)
    return asked
  }
  return {
    provider,
    target,
    ask: async (question, enough = () => false) => {
      for (let attempt = 1; ; attempt += 1) {
        const request = wireRequest(target, question, fallbacks)
        const options = { stop, idleTimeoutMs, enough }
        const asked = await booked(bookedCall({ ledger, target, attempt }, request, options))
        const fallback = asked.recorded.problem?.fallback ?? null
        if (fallback === null || !CURABLE.has(fallback) || fallbacks.has(fallback)) return asked
        fallbacks.add(fallback)
      }
    },
    count: (text, way) => {
      const request = countRequest(target, text, way)
      const booking = { ledger, target, attempt: 1, isFree: true }
      return booked(bookedCall(booking, request, { stop, idleTimeoutMs }))
    },
  }
}
