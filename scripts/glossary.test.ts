// Words that Tally once used in a meaning of its own. Each gave way to the term of the field, and none
// may come back as the name of a file or as part of an identifier.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Retired {
  /** Matches an identifier, or the name of a file without its ending. */
  name: RegExp
  use: string
  /** Paths in which the word means something else, or is text of the page. */
  except?: RegExp
}

const RETIRED: Retired[] = [
  { name: /purse/i, use: 'budgetGuard' },
  { name: /tariff/i, use: 'worstCaseRates' },
  { name: /^lumps?$|Lump|LUMP/, use: 'priceBucket' },
  { name: /errand/i, use: 'slowTool' },
  { name: /messenger/i, use: 'testAgent' },
  { name: /remed(y|ies)/i, use: 'requestFallback' },
  { name: /^cure|Cure/, use: 'fallbackRule' },
  { name: /sendings/i, use: 'pendingSubmissions' },
  { name: /^traffic|Traffic/, use: 'runSession' },
  { name: /runFeed|RunFeed|run-feed/, use: 'subscription' },
  { name: /^Coming$/, use: 'lazyModule' },
  { name: /^first-?move$/i, use: 'firstInteraction' },
  { name: /keep-?place/i, use: 'scrollAnchoring' },
  { name: /stand-?still/i, use: 'awaitDecision' },
  { name: /^wait-?on$/i, use: 'resumePausedRun' },
  { name: /held-?ledger/i, use: 'budgetedLedger' },
  { name: /tell-?held/i, use: 'budgetWaitNotice' },
  { name: /^(Whose|whose)$/, use: 'scope or owner' },
  {
    name: /^(place|Place|places)$|[a-z]Place$|^(place|Place)[A-Z]|Places/,
    use: 'cursor, index, placement …',
  },
  { name: /^(Once|readOnce|madeBefore|findMade)$/, use: 'idempotency' },
  { name: /^(Repeats|remembered|inTurn|in-turn)$/, use: 'deduplication, memoize, mutex' },
  { name: /^(otherWork|nextTurn)$/, use: 'yieldToEventLoop' },
  { name: /^LookUps?$|^look-ups?$|lookUpUsage/, use: 'usageLookup' },
  { name: /^Faults?$|^onFault$|upstreamFault|FaultPlace/, use: 'providerError' },
  { name: /^NotReached$|watchReach|^reach$/, use: 'connection', except: /^e2e/ },
  { name: /^judge|Judge/, use: 'evaluate' },
  { name: /^(Asked|Asking|Reading)$/, use: 'ProbeResult, ParsedAnswer …', except: /provider-card/ },
  { name: /^carry$/, use: 'allocateCost' },
  { name: /^(ContextMark|TextMark|writeMark)$/, use: 'ContextSnapshot' },
  { name: /^(useFar|use-far)$|^far$/, use: 'offscreen', except: /emphasis\.ts$|receipt-dialog/ },
  { name: /^(paint|paints|Paint|strokes|Stroke|painted)$/, use: 'highlight, token' },
  { name: /^(tap|Tap)$/, use: 'barrier' },
  // A regular expression of the demo is no code.
  { name: /^(look|looks|LOOK|LOOKS)$/, use: 'variant', except: /^bff\/upstream\/demo/ },
  {
    name: /[a-z]Words$|-words$|[A-Z]_WORDS$/,
    use: 'format… or …Label',
    // Words to search for, and words to test with.
    except: /^bff\/upstream\/demo|bff\/search|^bench/,
  },
  {
    name: /^(MOST|LONGEST|LEAST|SHORTEST|FEWEST|STANDARD)(_|$)/,
    use: 'MAX_, MIN_ or DEFAULT_',
    except: /pricing/,
  },
  { name: /^rooms?$|^Room$/, use: 'module or headroom' },
  { name: /^store-/, use: '*-store' },
  { name: /-for-test$|^test-(?!counts)|^recorded-(?!run)|^a-|^sample-/, use: 'a file in testing/' },
]

const FOLDERS = ['bff', 'web', 'shared', 'e2e', 'scripts', 'bench']
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter(
      (path) =>
        !path.includes('node_modules') &&
        /\.(ts|tsx|mjs)$/.test(path) &&
        !path.endsWith('scripts/glossary.test.ts'),
    ),
)

const NOT_CODE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\n\\])*'|"(?:\\.|[^"\n\\])*"|`(?:\\[\s\S]|[^`\\])*`/g

function namesIn(path: string): Set<string> {
  const code = readFileSync(join(ROOT, path), 'utf8').replaceAll(NOT_CODE, (text) =>
    text.startsWith('`')
      ? [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, part]) => part).join(' ')
      : '',
  )
  const [file = ''] = basename(path).split('.')
  return new Set([...(code.match(/[A-Za-z_$][\w$]*/g) ?? []), file])
}

test('the files are there', () => {
  expect(files.length).toBeGreaterThan(400)
})

test.each(RETIRED)('$name gave way to $use', ({ name, except }) => {
  const found = files
    .filter((path) => except?.test(path) !== true)
    .flatMap((path) =>
      [...namesIn(path)].filter((one) => name.test(one)).map((one) => `${path}: ${one}`),
    )
  expect(found).toEqual([])
})
