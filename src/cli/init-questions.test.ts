import { tmpdir } from 'node:os';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { askForAnswers } from './init-questions.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const BREAK = '\u0003';

/** Types each line of keys when the question that it answers has been put. */
function typist(keys: readonly (readonly [question: string, keys: readonly string[]])[]) {
  const input = new PassThrough();
  const waiting = [...keys];
  let shown = '';
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      shown += stripVTControlCharacters(chunk.toString());
      const [next] = waiting;
      if (next && shown.includes(next[0])) {
        waiting.shift();
        shown = '';
        setImmediate(() => next[1].forEach((key) => input.write(key)));
      }
      done();
    },
  });
  return { input, output };
}

test('chosen platforms and lists become the answers; what was left empty is left out', async () => {
  const terminal = typist([
    ['Platforms', [' ', DOWN, DOWN, ' ', ENTER]],
    ['Folder', [ENTER]],
    ['People', [ENTER]],
    ['Attested', [ENTER]],
    ['Policy', [ENTER]],
  ]);
  const answers = await askForAnswers(tmpdir(), undefined, terminal);
  expect(answers?.platforms.map(({ id }) => id)).toEqual(['adobe-sign', 'docusign']);
  expect(answers).toEqual({ platforms: answers?.platforms, policy: 'baseline' });
});

test('without a platform the folder is offered; platforms that were given are not asked for', async () => {
  const rest = [
    ['Folder', [ENTER]],
    ['People', [ENTER]],
    ['Attested', [ENTER]],
    ['Policy', [DOWN, ENTER]],
  ] as const;
  const none = await askForAnswers(tmpdir(), undefined, typist([['Platforms', [ENTER]], ...rest]));
  expect(none).toEqual({ platforms: [], path: '.', policy: 'strict' });
  const given = await askForAnswers(tmpdir(), 'n8n', typist(rest));
  expect(given).toMatchObject({ platforms: [{ id: 'n8n' }], policy: 'strict' });
});

test('breaking off answers nothing, at the first question or a later one', async () => {
  expect(await askForAnswers(tmpdir(), undefined, typist([['Platforms', [BREAK]]]))).toBeUndefined();
  expect(await askForAnswers(tmpdir(), 'n8n', typist([['Folder', [BREAK]]]))).toBeUndefined();
});
