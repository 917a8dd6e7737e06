import { createHash } from 'node:crypto';
import { day, user } from './apps.ts';

const [ann, ben, cleo, dan] = ['ann', 'ben', 'cleo', 'dan'].map((login, n) => user(n + 1, login));
const bot = user(9, 'renovate[bot]', 'Bot');

export const shaOf = (name: string): string => createHash('sha1').update(name).digest('hex');

const commit = (name: string, author: { login: string } | null | undefined, date: string, email?: string) => ({
  sha: shaOf(name),
  author: author ?? null,
  commit: {
    author: {
      name: author?.login ?? name,
      email: email ?? `1+${author?.login}@users.noreply.github.com`,
      date: day(date),
    },
    message: 'Change it',
  },
});
const pull = (number: number, merged: string | null, ref = 'main') => ({
  number,
  merged_at: merged && day(merged),
  base: { ref },
});
const review = (who: unknown, state: string, date: string) => ({ user: who, state, submitted_at: day(date) });

/** What changed a workflow, newest first, by its path. */
const commits: Readonly<Record<string, readonly unknown[]>> = {
  '.github/workflows/release.yml': [
    commit('pin', bot, '2026-04-03'),
    commit('faster', cleo, '2026-03-01'),
    commit('begin', undefined, '2025-01-02', 'Ann@acme.example'),
  ],
  '.github/workflows/odd.yml': [commit('push', dan, '2026-02-01')],
};

/** Of each commit, the requests that it is in; of each request, who let it in and what was said. */
export const changes: Readonly<Record<string, readonly unknown[]>> = {
  [`site/commits/${shaOf('pin')}/pulls`]: [pull(13, null), pull(14, '2026-04-05', 'release'), pull(12, '2026-04-04')],
  [`site/commits/${shaOf('push')}/pulls`]: [],
  'site/pulls/12/reviews': [
    review(ben, 'APPROVED', '2026-04-03'),
    review(dan, 'APPROVED', '2026-04-03'),
    review(bot, 'APPROVED', '2026-04-03'),
    review(ben, 'COMMENTED', '2026-04-04'),
    review(dan, 'CHANGES_REQUESTED', '2026-04-04'),
    review(null, 'COMMENTED', '2026-04-04'),
  ],
};
export const pulls: Readonly<Record<string, unknown>> = {
  'site/pulls/12': { ...pull(12, '2026-04-04'), merged_by: ann },
};

export function commitsOf(path: string): readonly unknown[] {
  return commits[path] ?? [];
}
