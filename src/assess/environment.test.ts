import { expect, test } from 'vitest';
import { loadPolicy } from '../config/policy.ts';
import { environmentResolver } from './environment.ts';

test('words of different things are no pair: source, tags and names of containers stand alone', () => {
  const environmentOf = environmentResolver(loadPolicy('baseline'), new Map());
  const folder = { kind: 'container', id: 'f', name: 'f', type: 'folder' } as const;
  const tagged = (...tags: string[]) => environmentOf('files:exports', { ...folder, tags }, []);
  expect(tagged('prod', 'ready')).toBe('production');
  expect(tagged('non', 'prod')).toBe('production');
  expect(tagged('non prod')).toBe('test');
});
