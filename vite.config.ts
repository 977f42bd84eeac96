// The web build (root web/, out to dist/web), its dev server, and the unit tests: `.test.tsx` runs with a DOM.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { loadEnv, type ProxyOptions } from 'vite'
import { defineConfig } from 'vitest/config'
import { firstPageClasses } from './scripts/first-page.ts'
import { shortPreload } from './scripts/short-preload.ts'
import { translatePage } from './scripts/translate-page.ts'
import { LANGUAGES } from './shared/translate.ts'

// Absolute: a test project's root would otherwise resolve against the web root.
const here = import.meta.dirname
const backend = `http://127.0.0.1:${loadEnv('', here, 'PORT')['PORT'] ?? 8787}`

/** The server takes changes from its own page only, and in development that is the page of Vite. */
const speakAsOurPage: ProxyOptions['configure'] = (proxy) => {
  proxy.on('proxyReq', (outgoing, incoming) => {
    const { host, origin } = incoming.headers
    if (origin === `http://${host}`) outgoing.setHeader('origin', backend)
  })
}

/** Modules of the page, by their paths without endings. */
const webFiles = (...paths: string[]) => new RegExp(`/web/(?:${paths.join('|')})\\.tsx?$`)

/** Tests that need modules nobody has loaded before them, or sockets that are only theirs. */
const ISOLATED_TESTS = ['bff/upstream/upstream-model.test.ts', 'bff/runtime/nothing-leaks.test.ts']

export default defineConfig({
  root: join(here, 'web'),
  plugins: [react(), translatePage(), firstPageClasses(), shortPreload(), tailwindcss()],
  build: {
    outDir: join(here, 'dist/web'),
    emptyOutDir: true,
    // Writes no older forms of what all supported browsers know.
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    // The content security policy allows no `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What comes later is one file and has the rest already.
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One file that a new version of Tally leaves as it is, and that loads beside the other.
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            // One file for the rest of the first page: several would compress less well.
            { name: 'page', tags: ['$initial'] },
            // What opens later, by when: each file with all that it imports. An earlier one has what
            // a later one needs too.
            { name: 'welcome', test: webFiles('chat/welcome') },
            { name: 'transcript', test: webFiles('chat/conversation-thread') },
            // What stands around the texts of a conversation.
            {
              name: 'rows',
              test: webFiles(
                'chat/conversation-status',
                'transcript/(?:answer-footer|tool-calls|user-footer)',
              ),
            },
            { name: 'extras', test: webFiles('markdown/(extras|plain-lines)') },
            {
              name: 'session',
              test: webFiles(
                'chat/(run-sessions|latest-conversations|wait-watcher|cost-button|attach-button)',
                'chat/chat-page-(?:context|agent|queue)',
                'chat/(?:read-marker|read-messages|temporary-lease)',
                'conversations/wait-list',
              ),
            },
            {
              name: 'details',
              test: webFiles(
                'transcript/.*',
                'chat/(budget-badge|more-stops|queue-(?:buttons|list|editor)|chat-page-estimate)',
              ),
            },
            {
              name: 'menus',
              test: webFiles(
                'ui/(drawer|menu-items|theme-choices|toast)',
                'conversations/(load-more|rename|row-menu|list-menu|folder-.*|selection-bar|select-row)',
                'conversations/archive-heading',
                'settings/model-menu',
              ),
            },
            { name: 'temporary', test: webFiles('chat/temporary-(?:toggle|welcome|banner)') },
            { name: 'dialogs', test: webFiles('chat/chat-page-.*', '(?:context|receipt)/.*') },
            { name: 'rules', test: webFiles('rules/.*', 'api/rules') },
            { name: 'list-dialogs', test: webFiles('list-dialogs', 'settings/folder-dialog') },
            { name: 'settings', test: webFiles('settings/.*') },
            { name: 'usage', test: webFiles('usage-route', 'usage/.*') },
          ],
        },
      },
    },
  },
  environments: Object.fromEntries(
    LANGUAGES.filter((language) => language !== 'en').map((language) => [
      language,
      { consumer: 'client', build: { emptyOutDir: false, copyPublicDir: false } },
    ]),
  ),
  builder: {
    buildApp: async (builder) => {
      // English comes first and empties the folder. What the others have in common with it, such as
      // styles and fonts, has the same name.
      for (const language of ['client', ...LANGUAGES.filter((one) => one !== 'en')]) {
        const environment = builder.environments[language]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  server: {
    host: '127.0.0.1',
    cors: false,
    proxy: { '/api': { target: backend, changeOrigin: true, configure: speakAsOurPage } },
  },
  test: {
    // Generous, because a limit is there to end a hang and not to measure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Some tests compare two timings. The other checks run beside them, so one may be disturbed.
    retry: 1,
    // The default leaves one core to the terminal.
    maxWorkers: availableParallelism(),
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        root: here,
        test: {
          name: 'node',
          environment: 'node',
          // One load of the modules serves every file of a worker.
          isolate: false,
          include: ['{bff,shared,scripts,web}/**/*.test.ts'],
          exclude: ISOLATED_TESTS,
        },
      },
      {
        extends: true,
        root: here,
        test: { name: 'isolated', environment: 'node', include: ISOLATED_TESTS },
      },
      {
        extends: true,
        root: here,
        test: { name: 'web', environment: 'jsdom', include: ['web/**/*.test.tsx'] },
      },
    ],
  },
})
