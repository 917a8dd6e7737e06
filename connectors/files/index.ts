import type { Readable } from 'node:stream';
import { defineConnector, type Connector } from '../../src/sdk/index.ts';
import { config, kindOf } from './config.ts';
import { runGit, streamGit, type RunGit, type StreamGit } from './git.ts';
import { pages } from './pages.ts';
import { hasHistory, past } from './past.ts';

type Doors = { stdin: () => Readable; git: RunGit; stream: StreamGit };

/** The connector with its doors to the outside passed in. */
export function makeFiles(doors: Doors): Connector<typeof config> {
  return defineConnector({
    id: 'files',
    title: 'Files: workflow exports, repositories and agent configuration',
    docs: {
      summary:
        'Reads exports of every supported platform from a folder, a git repository, a single file or standard input, and looks for secrets in all other text.',
      vendorDocs: ['https://git-scm.com/docs/gitignore', 'https://git-scm.com/docs/git-log'],
      setup: [
        'Export your workflows into a folder, or check a repository out.',
        'Keep beside them what an administrator can list: recipes, scenarios, flows, connections, applications, tokens, webhooks, service accounts and keys, as the platform’s command line or interface shows them in JSON, and the credential report of AWS.',
        'Run `rollcall scan FOLDER`.',
      ],
      blindSpots: [
        'What was not exported: live state, runs, sharing and credentials of a platform.',
        'What .rollcallignore leaves out, or .gitignore and git does not keep, node_modules and .git, and the registers of Rollcall itself.',
        'Older versions of files beyond the newest 1,000 commits (`history` sets how many), in shallow clones, and in folders inside a repository unless `history` asks for them.',
        'What git holds to be binary in older versions, and archives in them.',
        'Who made files that are older than the newest 100,000 commits of their repository.',
        'State, name and release of flows in the YAML layout of Power Platform solutions: their definitions are read.',
      ],
    },
    config,
    async probe({ path }) {
      if (path !== '-') await kindOf(path);
      return { account: path === '-' ? 'standard input' : path, granted: 'unknown' };
    },
    streams: {
      files: {
        title: 'Files',
        emits: ['identity', 'credential', 'workflow', 'connection', 'endpoint', 'container', 'person'],
        operations: [],
        requires: [{ scope: 'read access to the files', why: 'their content is what is examined' }],
        absence: 'means-gone',
        pages: ({ config, signal, resume, ...ctx }) =>
          pages({ config, signal, resume, blind: (...told) => ctx.blind(...told) }, doors),
      },
      history: {
        title: 'Git history',
        emits: ['container', 'credential'],
        operations: [],
        requires: [{ scope: 'read access to the repository', why: 'a secret that was deleted stays in its history' }],
        // A secret found in both is named by the present file, whichever was changed last.
        after: ['files'],
        // Sound as long as the whole history was read: then only rewriting it takes a commit away.
        absence: 'means-gone',
        applies: hasHistory,
        pages: ({ config, signal, resume, ...ctx }) =>
          past({ config, signal, resume, blind: (...told) => ctx.blind(...told) }, doors),
      },
    },
  });
}

/** Files on this machine. */
export const files = makeFiles({ stdin: () => process.stdin, git: runGit, stream: streamGit });
