import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('works once for each text, and forgets before it grows without end', () => {
  const asked: string[] = [];
  const lengthOf = remembered((text) => asked.push(text));
  expect([lengthOf('a'), lengthOf('b'), lengthOf('a')]).toEqual([1, 2, 1]);
  for (let at = 0; at < 10_000; at++) lengthOf(`${at}`);
  expect(lengthOf('a')).toBeGreaterThan(2);
});
