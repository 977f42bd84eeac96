// `npm run restore -- <file>`: replaces the database with a backup.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-restore.mjs')
