import { defineConfig } from 'vitest/config'

const exclude = [
  '**/node_modules/**',
  '.types/**',
  '**/dist/**',
  '**/out/**',
  'test/bench/peers/**',
]
const structure = 'test/architecture/**/*.test.ts'
const postgres = '**/*.pg.test.ts'
/** They start whole programs or play whole days of a city, seconds each: not for every commit. */
const programs = [
  'cli/citydesk.test.ts',
  'cli/commands/*.test.ts',
  'test/packaging/*.test.ts',
  'test/simulation/many-desks.test.ts',
  'test/bench/sync/contest.test.ts',
  'test/hid-lab/hid-lab.test.ts',
]

/**
 * Five projects, told apart by their place: `test/architecture` structure · `x.test.ts` unit · the
 * command line, the packages and the simulator programs · `x.pg.test.ts` a real PostgreSQL, one file
 * after the other · `test/acceptance/x.spec.ts` a browser: each has a city of its own, two at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'structure', include: [structure], exclude, testTimeout: 20_000 },
      },
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, postgres, structure, ...programs],
          // Nothing of ours is kept in a module, and loading 310 files' modules anew took half the time.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'programs',
          include: programs,
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'postgres',
          include: [postgres],
          exclude,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.spec.ts'],
          exclude,
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
