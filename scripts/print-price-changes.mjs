// Compares the installed price data with the module at the given path, and prints the differences.
import { pathToFileURL } from 'node:url'
import * as installed from '@pydantic/genai-prices'
import { listedProviders } from '../bff/ledger/pricing/price-address.ts'
import { priceChanges } from './price-changes.mjs'

const newest = await import(pathToFileURL(process.argv[2]).href)
const modelsOf = (data, providerId) => data.findProvider({ providerId })?.models ?? []
const now = new Date()
const lines = listedProviders().flatMap((id) =>
  priceChanges(id, modelsOf(installed, id), modelsOf(newest, id), now),
)
process.stdout.write(
  lines.length === 0
    ? 'No rate that is in force today differs.\n'
    : `US dollars per million tokens, where the rates in force today differ:\n${lines.join('\n')}\n`,
)
