// `npm run backup -- <file>`: copies the database. Also works while Tally runs.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-backup.mjs')
