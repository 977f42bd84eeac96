// Puts together who answers: providers from the environment and from the page, their keys, and settings.
import { join } from 'node:path'
import { type Agents, listAgents } from './agents/registry.ts'
import type { Reports } from './checks/report-store.ts'
import { type Config, isLoopback } from './config/config.ts'
import { whoAnswers } from './context/next-model.ts'
import type { Database } from './db/open.ts'
import { contextWindow, priceInForce } from './ledger/pricing/price-in-force.ts'
import type { PriceBook } from './ledger/pricing/price-book.ts'
import { averageAnswerCosts } from './ledger/sums/answer-cost-store.ts'
import { openAddedProviders } from './providers/added-providers.ts'
import { openDefaultModel } from './providers/default-model.ts'
import { openKeyFile } from './providers/key-file.ts'
import { Providers } from './providers/providers.ts'
import { providerRoutes } from './providers/routes.ts'
import { settingRoutes } from './providers/setting-routes.ts'
import { openGeneralSettings } from './providers/general-settings-store.ts'
import { openGivenWindows } from './providers/window-store.ts'

interface ProviderParts {
  db: Database
  config: Config
  agents: Agents
  book: PriceBook
  reports: Reports
  onNote: (text: string) => void
  now: () => Date
}

export async function composeProviders(parts: ProviderParts) {
  const { db, config, agents, book, reports, onNote, now } = parts
  const keys = await openKeyFile({
    file: join(config.dataDir, 'keys.json'),
    secret: config.appSecret,
    isLocal: isLoopback(config.host),
    now,
    onNote,
  })
  const defaultModel = await openDefaultModel(db, config.defaultModel)
  const general = await openGeneralSettings(db)
  const windows = await openGivenWindows(db)
  const added = await openAddedProviders({
    db,
    keys,
    now,
    namesInUse: () => providers.names(),
    onChange: (name) => providers.forget(name),
    onRemoved: (name) => defaultModel.forget(name),
  })
  const configured = () => [...config.providers, ...added.list()]
  const providers = new Providers({
    configured,
    defaultModel: () => defaultModel.current(),
    discover: config.discover,
    price: (provider, model) =>
      priceInForce(
        { ...provider, provider: provider.name },
        model,
        now().toISOString(),
        book.overrides(),
      ),
    contextWindow,
    givenWindow: windows.of,
    known: reports.known,
    isFavorite: general.isFavorite,
  })
  const keysEncrypted = config.appSecret !== null
  return {
    providers,
    isFavorite: general.isFavorite,
    summarizeAbove: () => general.current().summarizeAbovePercent,
    defaultInstructions: () => general.current().instructions,
    language: () => general.current().language,
    /** Who answers a new conversation if no provider is set up. */
    answersFrom: () => whoAnswers(providers, configured()),
    modules: [
      providerRoutes({
        providers,
        agents: listAgents(agents),
        averageAnswerCosts: () => averageAnswerCosts(db),
      }),
      settingRoutes({ providers, added, defaultModel, general, windows, keysEncrypted }),
    ],
  }
}
