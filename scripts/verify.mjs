// `npm run verify -- <file>`: proves an export.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-verify.mjs')
