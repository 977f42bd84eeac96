// Verifies an export and prints what differs, by conversation.
import { verifyExport } from '../bff/exports/verify-export.ts'
import { fail } from './command.mjs'
import { namedFile } from './storage-command.mjs'

const USAGE = `npm run verify -- <zip or jsonl>

Folds the log of each answer again, recomputes each amount from rates and usage, and compares.`

const count = (number, word) =>
  `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`

try {
  const { conversations, messages, calls, files, problems } = await verifyExport(namedFile(USAGE))
  for (const { name, problem } of problems) process.stdout.write(`${name}: ${problem}\n`)
  const size = `${count(conversations, 'conversation')}, ${count(messages, 'message')}, ${count(calls, 'ledger row')}${files === 0 ? '' : `, ${count(files, 'file')}`}`
  const result = problems.length === 0 ? 'everything agrees' : count(problems.length, 'difference')
  process.stdout.write(`${size}: ${result}.\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  fail(`The file cannot be read: ${error.message}`)
}
