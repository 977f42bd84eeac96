// `npm run locales`: brings locales/ up to date with the sentences of the code.
import { runWithNode } from './run-with-node.mjs'

await runWithNode('scripts/run-locales.mjs')
