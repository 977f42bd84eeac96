// Checks under way, one for each provider at a time: what they would ask, how far they are, and what
// they found. A check goes on without its reader, until it is over or stopped.
import type { CheckReport, EndpointCheck, ProbeName, StartCheck } from '#shared/checks.ts'
import { addCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import type { CallLedger, ModelTarget, ProviderConfig } from '../upstream/types.ts'
import { budgetedLedger, notMade } from '../budgets/budgeted-ledger.ts'
import type { BudgetGuard } from '../budgets/budget-guard.ts'
import { inEnglish } from '../http/language.ts'
import { translateStored } from '../http/stored-sentences.ts'
import { Problem } from '../http/problem.ts'
import type { Providers } from '../providers/providers.ts'
import { type Reports, originOf } from './report-store.ts'
import { makeCheck } from './make-check.ts'
import { emptyReport, mergeReport } from './merge-report.ts'
import { type PriceOf, planProbe } from './plan-check.ts'
import { chosenProbes, PROBES } from './probes.ts'
import { t } from '#shared/translate.ts'

export interface CheckParts {
  reports: Reports
  providers: Pick<Providers, 'find' | 'resolve'>
  ledger: Omit<Required<CallLedger>, 'admit'>
  budgetGuard: BudgetGuard
  price: PriceOf
  idleTimeoutMs: number
}

interface UnderWay {
  model: string
  probes: ProbeName[]
  current: ProbeName | null
  stop: AbortController
  over: Promise<void>
}

export class Checks {
  readonly #parts: CheckParts
  readonly #underWay = new Map<string, UnderWay>()

  constructor(parts: CheckParts) {
    this.#parts = parts
  }

  /** `model` null: the provider's default one. */
  async read(name: string, model: string | null): Promise<EndpointCheck> {
    const target = await this.#parts.providers.resolve({ provider: name, model })
    const plan = await Promise.all(
      PROBES.map((probe) => planProbe(probe, target, this.#parts.price)),
    )
    const running = this.#underWay.get(name)
    return {
      provider: name,
      model: target.model,
      plan,
      running:
        running === undefined
          ? null
          : { model: running.model, probes: running.probes, current: running.current },
      card: translateReport(this.#parts.reports.at(endpointModelOf(target))),
    }
  }

  /** Resolves when the check is over. */
  async make(name: string, { model, probes }: StartCheck): Promise<EndpointCheck> {
    const { providers } = this.#parts
    const target = await providers.resolve({ provider: name, model: model ?? null })
    const provider = providers.find(name)
    if (provider === undefined) throw new Problem('provider_not_found')
    if (this.#underWay.has(name)) {
      throw new Problem(
        'check_active',
        t`${name} is being checked. Wait until that is over, or stop it.`,
      )
    }
    await this.#start(provider, target, probes)
    return this.read(name, target.model)
  }

  /** Nothing where none is under way. */
  async stop(name: string): Promise<void> {
    const running = this.#underWay.get(name)
    running?.stop.abort()
    await running?.over.catch(() => {})
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#underWay.keys()].map((name) => this.stop(name)))
  }

  #start(
    provider: ProviderConfig,
    target: ModelTarget,
    names: StartCheck['probes'],
  ): Promise<void> {
    const probes = chosenProbes(names)
    const underWay: UnderWay = {
      model: target.model,
      probes: probes.map(({ name }) => name),
      current: null,
      stop: new AbortController(),
      over: Promise.resolve(),
    }
    this.#underWay.set(provider.name, underWay)
    const drive = () => this.#drive(underWay, provider, target, probes)
    underWay.over = inEnglish(drive).finally(() => {
      this.#underWay.delete(provider.name)
    })
    return underWay.over
  }

  async #drive(
    underWay: UnderWay,
    provider: ProviderConfig,
    target: ModelTarget,
    probes: ReturnType<typeof chosenProbes>,
  ): Promise<void> {
    const { reports, ledger, budgetGuard, idleTimeoutMs } = this.#parts
    const endpointModel = endpointModelOf(target)
    let totals: Totals = NO_CALLS
    let card: CheckReport =
      reports.at(endpointModel) ?? emptyReport(endpointModel, new Date().toISOString())
    const keep = (changed: CheckReport) => {
      card = changed
      return reports.keep(changed)
    }
    await makeCheck({
      provider,
      target,
      probes,
      ledger: budgetedLedger(ledger, budgetGuard, notMade),
      idleTimeoutMs,
      stop: underWay.stop.signal,
      onProbe: (name) => {
        underWay.current = name
      },
      onCall: (row) => {
        totals = addCall(totals, row)
      },
      onFindings: (probe, evaluations) =>
        keep(mergeReport(card, { probe, evaluations, at: new Date().toISOString(), totals })),
    })
    if (underWay.stop.signal.aborted && totals.calls > 0) await keep({ ...card, totals })
  }
}

function translateReport(report: CheckReport | null): CheckReport | null {
  if (report === null) return null
  const findings = report.findings.map((finding) => {
    return { ...finding, detail: translateStored(finding.detail) }
  })
  return { ...report, findings }
}

function endpointModelOf({ provider, baseUrl, model }: ModelTarget) {
  return { provider, origin: originOf(baseUrl), model }
}
