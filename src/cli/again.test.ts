import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { again, quoted } from './again.ts';

const io = { program: 'rollcall', cwd: '/home/ada' } as const;
const words = (command: string): string[] =>
  execFileSync('sh', ['-c', `rollcall() { printf '%s\\0' "$@"; }; ${command}`])
    .toString()
    .split('\0')
    .slice(0, -1);

test.each([
  'my roll.db',
  "it's.db",
  '$(id).db',
  '`id`.db',
  'a;b&c|d.db',
  'ü.db',

  'a\nb.db',
  '../up.db',
  '~.db',
])('a command about %j can be pasted', (name) => {
  const command = again('show 1', io, { db: `/home/ada/${name}`.replace('/home/ada/..', '/home'), config: {} });
  expect(words(command)).toEqual(['show', '1', '--db', name]);
});

test('the register that is opened without a word is not named, but where the configuration names another', () => {
  const db = '/home/ada/rollcall.db';
  expect(again('risks', io, { db, config: {} })).toBe('rollcall risks');
  expect(again('risks', io, { db, config: { db: '/srv/rollcall.db' } })).toBe('rollcall risks --db rollcall.db');
  expect(again('risks', io, { db: ':memory:', config: {} })).toBe('rollcall risks');
});

test('a folder is one word', () => {
  expect(words(`rollcall check ${quoted('my $demo/exports/a.json')}`)).toEqual(['check', 'my $demo/exports/a.json']);
  expect(quoted('-demo/a.json')).toBe('./-demo/a.json');
});
