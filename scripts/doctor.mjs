// `npm run doctor`: checks what an endpoint can do. The requests are in this Tally's ledger.
import { ended, findNode, passSignals, start } from './command.mjs'
import { installIfStale } from './install.mjs'

await installIfStale()
const args = ['--disable-warning=ExperimentalWarning', 'scripts/run-doctor.mjs']
const doctor = start(findNode(), 'node', [...args, ...process.argv.slice(2)])
passSignals(doctor)
process.exitCode = await ended(doctor)
