// `npm run restore -- <file>`: puts a backup in the place of the database.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-restore.mjs')
