import { defineConfig } from 'vitest/config';

const inProcess = {
  // Tests share one module graph per worker: twenty times faster, and they must not touch global state.
  isolate: false,
  // Speed is what benchmarks are for: a busy machine fails no test.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxWorkers: '100%',
};

export default defineConfig({
  test: {
    // Transformed modules are kept by what is in them, so that the next run transforms only what has changed.
    fsModuleCache: true,
    // Whoever asks for one test among a thousand wants to see that one.
    hideSkippedTests: true,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'connectors/**/*.ts', 'scanners/**/*.ts', 'db/**/*.ts'],
      exclude: ['**/*.test.ts', '**/fixtures/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
    projects: [
      {
        test: {
          ...inProcess,
          name: 'unit',
          include: ['{src,scanners,tools,examples}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        test: {
          // Connectors on platforms made up for them, stores, vendors' descriptions, random histories: a minute's work.
          ...inProcess,
          name: 'contract',
          include: ['connectors/**/*.test.ts', 'test/{contract,property}/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          pool: 'forks',
          maxWorkers: '100%',
          include: ['test/{integration,live}/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          // Against an n8n from npm, where one is installed; not part of the ordinary run, for it takes three gigabytes.
          name: 'n8n',
          pool: 'forks',
          include: ['test/n8n/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          pool: 'forks',
          // One browser at a time.
          fileParallelism: false,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
