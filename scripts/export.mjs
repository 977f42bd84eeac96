// `npm run export`: writes everything to a zip. Also works while Tally runs.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-export.mjs')
